import type { Ending } from '../../../../shared/domain/sandbox-report.ts';
import type { RunEnd, WriteOutput } from '../interpreter.ts';
import { ErrnoError, errno } from './kernel/errno.ts';
import { BoundaryError } from './kernel/imports.ts';
import type { MemoryLimit } from './kernel/memory-calls.ts';
import { ProgramAbort, ProgramExit } from './kernel/process-calls.ts';
import type { Machine } from './machine.ts';
import type { MainResult } from './run-main.ts';

const mebibyte = 1_048_576;

/** How a program ended that Python itself brought to its end. */
export function endOfResult(machine: Machine, { exitCode, error }: MainResult, limit: MemoryLimit): RunEnd {
  const denied = machine.deniedImport();
  const peakMemoryMiB = peakOf(machine);
  if (denied !== null) return { ending: { kind: 'blocked', attempt: denied }, error: null, peakMemoryMiB };
  if (error === null) return { ending: { kind: 'exited', exitCode }, error: null, peakMemoryMiB };

  const { type, message, line, isMemoryError, isInterrupt } = error;
  return { ending: endingOf(), error: { type, message, line }, peakMemoryMiB };

  function endingOf(): Ending {
    if (isMemoryError && limit.wasRefused) return { kind: 'limited', limit: 'memoryMiB' };
    if (isInterrupt) return { kind: 'signaled', signal: 'SIGINT' };
    return { kind: 'exited', exitCode };
  }
}

/**
 * How a program ended that left the interpreter by a JavaScript exception: `_exit`, a denied import, a trap.
 * Rethrows what is none of these, which is a mistake of ours.
 */
export function endOfError(machine: Machine, error: unknown, limit: MemoryLimit): RunEnd {
  return { ending: endingOf(machine.deniedImport()), error: null, peakMemoryMiB: peakOf(machine) };

  function endingOf(denied: string | null): Ending {
    if (denied !== null) return { kind: 'blocked', attempt: denied };
    if (error instanceof ProgramExit) return { kind: 'exited', exitCode: error.exitCode };
    if (error instanceof BoundaryError) return { kind: 'blocked', attempt: error.message };
    if (isTrap(error) && limit.wasRefused) return { kind: 'limited', limit: 'memoryMiB' };
    if (error instanceof ProgramAbort) return { kind: 'signaled', signal: 'SIGABRT' };
    if (isTrap(error)) return { kind: 'signaled', signal: 'SIGSEGV' };
    throw error;
  }
}

/** How a program ends whose files can't be placed: as if its own first line had failed to write them. */
export function endOfPlacing(machine: Machine, error: unknown, write: WriteOutput): RunEnd {
  if (!(error instanceof ErrnoError)) throw error;
  const reason = error.errno === errno.ENOSPC ? 'No space left on device' : 'Invalid path';
  const message = `[Errno ${error.errno}] ${reason}: the program's files can't be placed in its folder`;
  write('stderr', Buffer.from(`OSError: ${message}\n`));
  return {
    ending: { kind: 'exited', exitCode: 1 },
    error: { type: 'OSError', message, line: null },
    peakMemoryMiB: peakOf(machine),
  };
}

/** WebAssembly's own errors, and the overflow of the stack that it shares with JavaScript. */
function isTrap(error: unknown): boolean {
  if (error instanceof WebAssembly.RuntimeError || error instanceof WebAssembly.Exception) return true;
  if (error instanceof ProgramAbort) return true;
  return error instanceof RangeError && error.message.includes('call stack');
}

/** The end of the heap, which only grows during a run. A machine that trapped may not answer any more. */
function peakOf({ python: { call, memory } }: Machine): number {
  try {
    return round(call.sbrk(0) / mebibyte);
  } catch {
    return round(memory.buffer.byteLength / mebibyte);
  }
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
