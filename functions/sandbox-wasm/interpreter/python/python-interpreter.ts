import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Limits } from '../../../../shared/domain/limits.ts';
import type { Program } from '../../../../shared/domain/program.ts';
import type { Interpreter, WriteOutput } from '../interpreter.ts';
import { endOfError, endOfPlacing, endOfResult } from './end-of-run.ts';
import { type Image, imageFiles, openImage } from './image.ts';
import { createKernel } from './kernel/create-kernel.ts';
import type { Kernel } from './kernel/kernel.ts';
import { ProgramExit } from './kernel/process-calls.ts';
import { createMachine, type Machine } from './machine.ts';
import { placeFiles } from './place-files.ts';
import { runMain } from './run-main.ts';

const mebibyte = 1_048_576;
/** Room beyond the image's own memory: a small program fits, and the machine is reset in place after it. */
const headroomBytes = 4 * mebibyte;
const pageBytes = 65_536;
/** C's stack in the module, less a margin. */
const maxStackBytes = 4 * mebibyte;
/** Bytes of the engine's stack for each byte of C's, measured on nested `repr`, calls, JSON and comparisons. */
const nativePerStackByte = 56;

/**
 * Python in WebAssembly, started from the image in `directory` and reset to it after each run.
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
  const image = openImage(directory);
  const { manifest } = image;
  const module = new WebAssembly.Module(readFileSync(join(directory, imageFiles.module)));
  const standardLibrary = readFileSync(join(directory, imageFiles.standardLibrary));
  const freshBytes = manifest.memoryBytes + headroomBytes;
  let machine = startMachine();
  const outsideMemory = machine.outsideMemory();
  let isBroken = false;

  function startMachine(): Machine {
    const started = createMachine(module);
    const { memory, stackPointer } = started.python;
    const isSameModule =
      started.trampolineIndex === manifest.trampolineIndex &&
      Number(stackPointer.value) === manifest.stackPointer;
    if (!isSameModule) throw new Error('the image was made from another module');
    memory.grow((freshBytes - memory.buffer.byteLength) / pageBytes);
    image.loadMemory(new Uint8Array(memory.buffer));
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
    const lowest = manifest.stackPointer - size;
    const failed =
      call.PyUnstable_ThreadState_SetStackProtection(call.PyThreadState_Get(), lowest, size) !== 0;
    if (failed) throw new Error(`${nativeStackBytes} bytes of stack are too few`);
  }

  return {
    async run(program, limits, write) {
      const limit = { limitBytes: limits.memoryMiB * mebibyte, wasRefused: false };
      const kernel = prepareKernel(machine, standardLibrary, program, limits, write);
      machine.attach(kernel, limit);
      try {
        placeFiles(kernel, program);
      } catch (error) {
        return endOfPlacing(machine, error, write);
      }
      try {
        return endOfResult(machine, runMain(machine, manifest, program, limit), limit);
      } catch (error) {
        isBroken = !(error instanceof ProgramExit);
        return endOfError(machine, error, limit);
      }
    },
    reset() {
      if (isBroken || machine.deniedImport() !== null) return false;
      if (machine.outsideMemory() !== outsideMemory) return false;
      const { memory, stackPointer } = machine.python;
      if (memory.buffer.byteLength > freshBytes) {
        machine = startMachine();
      } else {
        resetMemory(machine, image);
        stackPointer.value = manifest.stackPointer;
        limitStack(machine);
      }
      return true;
    },
  };
}

function prepareKernel(
  { memory }: Machine,
  standardLibrary: Uint8Array,
  program: Program,
  limits: Limits,
  write: WriteOutput,
): Kernel {
  return createKernel({
    memory,
    standardLibrary,
    stdin: Buffer.from(program.stdin),
    diskBytes: limits.diskMiB * mebibyte,
    writeStdout: (bytes) => write('stdout', bytes),
    writeStderr: (bytes) => write('stderr', bytes),
  });
}

/** Back to the image, and zeros where a new memory has them. */
function resetMemory({ python: { memory } }: Machine, image: Image): void {
  const bytes = new Uint8Array(memory.buffer);
  bytes.fill(0, image.loadMemory(bytes));
}
