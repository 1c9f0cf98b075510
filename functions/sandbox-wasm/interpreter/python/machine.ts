import { type Address, type CPythonExports, readExports } from './cpython.ts';
import { createKernel } from './kernel/create-kernel.ts';
import { type Callbacks, createImports, createSystemCalls, type HostFunction } from './kernel/imports.ts';
import type { Kernel } from './kernel/kernel.ts';
import { createLinearMemory, type LinearMemory } from './kernel/linear-memory.ts';
import { createMemoryCalls, type MemoryLimit } from './kernel/memory-calls.ts';
import { createTrampoline } from './trampoline.ts';

/**
 * CPython as a bare WebAssembly instance. Pyodide's JavaScript is never loaded: the interpreter's only way out
 * is the system calls of {@link Kernel}, and what they reach is in memory.
 *
 *   program ─> CPython ─> musl ─> imports ─┬─> kernel: files, clock, randomness, descriptors 0 to 2
 *                                          ├─> refused: sockets, processes, mmap  (an ordinary OSError)
 *                                          └─> denied: bridge to JavaScript, dynamic linking  (ends the run)
 */
export interface Machine {
  python: CPythonExports;
  memory: LinearMemory;
  /** The table entry of CPython's call trampoline. */
  trampolineIndex: number;
  /** From now on system calls act on this kernel. */
  attach(kernel: Kernel, limit: MemoryLimit): void;
  /** The first denied import that was called since `attach`. */
  deniedImport(): string | null;
  /** The instance's state outside of its memory. A run that changed it leaves a machine that can't be reset. */
  outsideMemory(): string;
  /** Copies bytes into the interpreter's heap. The caller frees them. */
  store(bytes: Uint8Array): Address;
  /** The same for a NUL-terminated string. */
  storeString(text: string): Address;
}

/** Makes an instance whose memory is still empty. Throws when an import or export isn't a known one. */
export function createMachine(module: WebAssembly.Module): Machine {
  let calls: Record<string, HostFunction> = {};
  let denied: string | null = null;
  const instance = new WebAssembly.Instance(
    module,
    createImports(
      module,
      systemCallNames(),
      () => calls,
      (name) => {
        denied ??= name;
      },
    ),
  );
  const python = readExports(instance);
  const memory = createLinearMemory(python.memory);
  const trampolineIndex = python.table.grow(1, createTrampoline(python.table, python.memory));

  function store(bytes: Uint8Array): Address {
    const address = python.call.malloc(bytes.length);
    if (address === 0) throw new Error('the interpreter has no memory left');
    memory.bytes(address, bytes.length).set(bytes);
    return address;
  }

  function storeString(text: string): Address {
    return store(Buffer.from(`${text}\0`));
  }

  const callbacks: Callbacks = {
    raise(message) {
      // ctypes detaches the thread state around the calls that it makes.
      const state = python.call.PyGILState_Ensure();
      python.call.PyErr_SetString(memory.u32(python.address.PyExc_OSError), storeString(message));
      python.call.PyGILState_Release(state);
    },
    callFunction(index, argument) {
      callEntry(python.table, index, argument);
    },
    allocate(size, result) {
      const address = python.call.malloc(size);
      memory.setU32(result, address);
      return address;
    },
    free: (address) => python.call.free(address),
  };

  return {
    python,
    memory,
    trampolineIndex,
    attach(kernel, limit) {
      denied = null;
      calls = {
        ...createSystemCalls(kernel, callbacks),
        ...createMemoryCalls(python.memory, limit),
      };
    },
    deniedImport: () => denied,
    outsideMemory: () =>
      [
        python.table.length,
        python.call.emscripten_stack_get_base(),
        python.call.emscripten_stack_get_end(),
      ].join(),
    store,
    storeString,
  };
}

/** The index comes from the program's memory: one that is no function with one argument traps, as a call there. */
function callEntry(table: WebAssembly.Table, index: number, argument: number): void {
  const entry: unknown = index >>> 0 < table.length ? table.get(index >>> 0) : null;
  if (typeof entry !== 'function' || entry.length !== 1)
    throw new WebAssembly.RuntimeError('not a signal handler');
  try {
    entry(argument);
  } catch (error) {
    if (error instanceof TypeError) throw new WebAssembly.RuntimeError('not a signal handler');
    throw error;
  }
}

/** The names of all calls, learnt from a kernel that is never used. */
function systemCallNames(): ReadonlySet<string> {
  const memory = new WebAssembly.Memory({ initial: 0 });
  const nothing = () => {};
  const kernel = createKernel({
    memory: createLinearMemory(memory),
    standardLibrary: new Uint8Array(0),
    stdin: new Uint8Array(0),
    diskBytes: 0,
    writeStdout: nothing,
    writeStderr: nothing,
  });
  const callbacks = { raise: nothing, callFunction: nothing, allocate: () => 0, free: nothing };
  const memoryCalls = createMemoryCalls(memory, { limitBytes: 0, wasRefused: false });
  return new Set([...Object.keys(createSystemCalls(kernel, callbacks)), ...Object.keys(memoryCalls)]);
}
