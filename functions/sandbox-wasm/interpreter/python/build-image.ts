import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Address } from './cpython.ts';
import { encodeImage, imageFiles, type Manifest, pyodideVersion } from './image.ts';
import { createKernel, homeFolder, standardLibraryPath } from './kernel/create-kernel.ts';
import { createMachine, type Machine } from './machine.ts';

export interface ImageSources {
  /** Where the module and the standard library lie. */
  directory: string;
  /** Python sources that are run in this order before the memory is taken. */
  prelude: readonly { name: string; source: string }[];
}

/**
 * Boots CPython once, prepares it and takes its memory, so that a sandbox starts from there: about 0.1 s instead
 * of seconds. Nothing of the machine that builds is in it: the environment is empty, the clock isn't kept.
 */
export function buildImage({ directory, prelude }: ImageSources): Buffer {
  const module = new WebAssembly.Module(readFileSync(join(directory, imageFiles.module)));
  const machine = createMachine(module);
  const { call, memory, stackPointer } = machine.python;
  const stackStart = Number(stackPointer.value);
  const output: Uint8Array[] = [];
  attachKernel(machine, readFileSync(join(directory, imageFiles.standardLibrary)), output);

  call.__wasm_call_ctors();
  useTrampoline(machine);
  initialize(machine);
  for (const part of prelude) runPrelude(machine, part, output);
  const manifest: Manifest = {
    pyodideVersion,
    stackPointer: stackStart,
    trampolineIndex: machine.trampolineIndex,
    memoryBytes: memory.buffer.byteLength,
    prepare: takeAttribute(machine, 'sys', '_prepare'),
    report: takeAttribute(machine, 'sys', '_report'),
    finish: takeAttribute(machine, 'sys', '_finish'),
    mainNamespace: call.PyModule_GetDict(call.PyImport_AddModule(machine.storeString('__main__'))),
  };
  runSource(machine, 'import sys; del sys._prepare, sys._report, sys._finish, sys', output);
  if (Number(stackPointer.value) !== stackStart) throw new Error('the stack is not empty');

  return encodeImage(manifest, new Uint8Array(memory.buffer));
}

function attachKernel(machine: Machine, standardLibrary: Uint8Array, output: Uint8Array[]): void {
  const keep = (bytes: Uint8Array) => {
    output.push(bytes.slice());
  };
  const kernel = createKernel({
    memory: machine.memory,
    standardLibrary,
    stdin: new Uint8Array(0),
    diskBytes: 1_048_576,
    writeStdout: keep,
    writeStderr: keep,
  });
  machine.attach(kernel, { limitBytes: 256 * 1_048_576, wasRefused: false });
}

/** Tells CPython where its call trampoline is; the offset of that field is one of its own exports. */
function useTrampoline({ python, memory, trampolineIndex }: Machine): void {
  const offset = memory.i32(python.address._PyEM_EMSCRIPTEN_TRAMPOLINE_OFFSET);
  memory.setI32(python.address._PyRuntime + offset, trampolineIndex);
}

/** PEP 741. An isolated interpreter: no environment, no user site, no command line. */
function initialize(machine: Machine): void {
  const { call } = machine.python;
  const config = call.PyInitConfig_Create();
  const text = {
    home: '/',
    prefix: '/',
    exec_prefix: '/',
    program_name: 'python3',
    executable: '/usr/bin/python3',
  };
  const numbers = { utf8_mode: 1, write_bytecode: 0, site_import: 1, use_hash_seed: 1, hash_seed: 0 };
  let failures = 0;
  for (const [name, value] of Object.entries(text)) {
    failures += call.PyInitConfig_SetStr(config, machine.storeString(name), machine.storeString(value));
  }
  for (const [name, value] of Object.entries(numbers)) {
    failures += call.PyInitConfig_SetInt(config, machine.storeString(name), BigInt(value));
  }
  failures += setPaths(machine, config);
  if (failures !== 0 || call.Py_InitializeFromInitConfig(config) !== 0) {
    throw new Error('CPython did not initialize');
  }
}

function setPaths(machine: Machine, config: Address): number {
  const { call } = machine.python;
  const paths = [homeFolder, standardLibraryPath];
  const items = call.malloc(4 * paths.length);
  paths.forEach((path, index) => {
    machine.memory.setU32(items + 4 * index, machine.storeString(path));
  });
  return call.PyInitConfig_SetStrList(
    config,
    machine.storeString('module_search_paths'),
    paths.length,
    items,
  );
}

/** Each part has a namespace of its own, which no module reaches. The host takes what the last part defines. */
function runPrelude(machine: Machine, part: { name: string; source: string }, output: Uint8Array[]): void {
  const literal = JSON.stringify(part.source);
  const code = `
import sys
_space = {'__name__': '<sandbox>', '__builtins__': dict(vars(__builtins__))}
exec(compile(${literal}, '<sandbox>', 'exec'), _space)
if 'prepare' in _space:
    sys._prepare, sys._report, sys._finish = _space['prepare'], _space['report'], _space['finish']
del _space, sys
`;
  runSource(machine, code, output, part.name);
}

function runSource(machine: Machine, source: string, output: Uint8Array[], name = 'build step'): void {
  if (machine.python.call.PyRun_SimpleString(machine.storeString(source)) === 0) return;
  throw new Error(`${name} failed: ${Buffer.concat(output).toString()}`);
}

/** A new reference to `module.name`, which keeps the object alive for good. */
function takeAttribute(machine: Machine, module: string, name: string): Address {
  const { call } = machine.python;
  const object = call.PyImport_AddModule(machine.storeString(module));
  const value = call.PyObject_GetAttrString(object, machine.storeString(name));
  if (value === 0) throw new Error(`${module}.${name} is missing`);
  return value;
}
