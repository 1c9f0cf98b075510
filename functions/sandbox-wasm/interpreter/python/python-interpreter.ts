import { openSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';
import type { Limits } from '../../../../shared/domain/limits.ts';
import type { Program } from '../../../../shared/domain/program.ts';
import type { Interpreter, WriteOutput } from '../interpreter.ts';
import { endOfError, endOfResult } from './end-of-run.ts';
import { imageFiles, readManifest } from './image.ts';
import { createKernel } from './kernel/create-kernel.ts';
import { ErrnoError } from './kernel/errno.ts';
import type { MemoryLimit } from './kernel/memory-calls.ts';
import { ProgramExit } from './kernel/process-calls.ts';
import { createMachine, type Machine } from './machine.ts';
import { placeFiles } from './place-files.ts';
import { runMain } from './run-main.ts';

const mebibyte = 1_048_576;
/** Room beyond the image's own memory: a small program fits, and the machine is reset in place after it. */
const headroomBytes = 8 * mebibyte;
const pageBytes = 65_536;
/** C's stack in the module, less a margin. */
const maxStackBytes = 4 * mebibyte;
/** Bytes of the engine's stack for each byte of C's, measured on nested `repr`, calls, JSON and comparisons. */
const nativePerStackByte = 24;

/**
 * Python in WebAssembly, started from the image in `directory`. The image's memory stays on disk, in the page
 * cache that all sandboxes share, and is read again for every reset.
 *
 * @throws when the image and the module don't belong together, or the module isn't the pinned one.
 */
export function createPythonInterpreter({
  directory,
  nativeStackBytes,
}: {
  directory: string;
  /** The engine's stack, which bounds how deep Python's own C functions may recurse. */
  nativeStackBytes: number;
}): Interpreter {
  const manifest = readManifest(directory);
  const module = new WebAssembly.Module(readFileSync(join(directory, imageFiles.module)));
  const standardLibrary = readFileSync(join(directory, imageFiles.standardLibrary));
  const imageFd = openSync(join(directory, imageFiles.memory), 'r');
  const freshBytes = manifest.memoryBytes + headroomBytes;
  let machine = startMachine();
  let isBroken = false;

  function startMachine(): Machine {
    const started = createMachine(module);
    const { memory, stackPointer } = started.python;
    const isSameModule =
      started.trampolineIndex === manifest.trampolineIndex &&
      Number(stackPointer.value) === manifest.stackPointer;
    if (!isSameModule) throw new Error('the image was made from another module');
    memory.grow((freshBytes - memory.buffer.byteLength) / pageBytes);
    loadImage(started, imageFd, false);
    limitStack(started);
    return started;
  }

  /**
   * WebAssembly has two stacks: C's, in the interpreter's memory, which CPython watches, and the engine's, which
   * it can't see. An overflow of the engine's is a trap, so CPython gets a share of C's small enough to run out
   * first and raises its RecursionError.
   */
  function limitStack({ python: { call } }: Machine): void {
    const size = Math.min(maxStackBytes, Math.floor(nativeStackBytes / nativePerStackByte));
    call.PyUnstable_ThreadState_SetStackProtection(
      call.PyThreadState_Get(),
      manifest.stackPointer - size,
      size,
    );
  }

  return {
    async run(program, limits, write) {
      const limit = { limitBytes: limits.memoryMiB * mebibyte, wasRefused: false };
      try {
        prepareKernel(machine, standardLibrary, program, limits, write, limit);
        return endOfResult(machine, runMain(machine, manifest, program, limit), limit);
      } catch (error) {
        isBroken = !(error instanceof ProgramExit || error instanceof ErrnoError);
        return endOfError(machine, error, limit);
      }
    },
    reset() {
      if (isBroken || machine.deniedImport() !== null) return false;
      const { memory, stackPointer } = machine.python;
      if (memory.buffer.byteLength > freshBytes) {
        machine = startMachine();
      } else {
        loadImage(machine, imageFd, true);
        limitStack(machine);
        stackPointer.value = manifest.stackPointer;
      }
      return true;
    },
  };
}

function prepareKernel(
  machine: Machine,
  standardLibrary: Uint8Array,
  program: Program,
  limits: Limits,
  write: WriteOutput,
  limit: MemoryLimit,
): void {
  const kernel = createKernel({
    memory: machine.memory,
    standardLibrary,
    stdin: Buffer.from(program.stdin),
    diskBytes: limits.diskMiB * mebibyte,
    writeStdout: (bytes) => write('stdout', bytes),
    writeStderr: (bytes) => write('stderr', bytes),
  });
  machine.attach(kernel, limit);
  placeFiles(kernel, program);
}

/** Fills the whole memory: the image, then zeros. A new memory is all zeros already. */
function loadImage({ python: { memory } }: Machine, imageFd: number, isUsed: boolean): void {
  const bytes = new Uint8Array(memory.buffer);
  const length = readSync(imageFd, bytes, 0, bytes.length, 0);
  if (isUsed) bytes.fill(0, length);
}
