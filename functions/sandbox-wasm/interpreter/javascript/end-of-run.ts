import { unreachable } from '../../../../shared/domain/cordon-error.ts';
import { CompilerLost } from '../../../../shared/sandboxes/typescript/strip-types.ts';
import type { RunEnd, WriteOutput } from '../interpreter.ts';
import type { Session } from './engine/image.ts';
import { EngineAbort } from './engine/imports.ts';
import { OutOfMemory } from './engine/values.ts';
import { GuestExit } from './guest-exit.ts';
import { GuestFailure } from './run-program.ts';

const mebibyte = 1_048_576;

/**
 * How a program ended, from what its run threw: always something, since programs end by `exit`.
 * Rethrows what is none of these, which is a mistake of ours.
 */
export function endOfRun({ engine: { memory } }: Session, thrown: unknown, write: WriteOutput): RunEnd {
  const peakMemoryMiB = Math.round((memory.memory.buffer.byteLength / mebibyte) * 10) / 10;
  const outOfMemory: RunEnd = {
    ending: { kind: 'limited', limit: 'memoryMiB' },
    error: { type: 'RangeError', message: 'out of memory', line: null },
    peakMemoryMiB,
  };
  const cause = causeOf(thrown, memory.wasRefused());
  switch (cause) {
    case 'exit': {
      const { exitCode, error, isOutOfMemory } = (thrown as GuestExit).report;
      if (isOutOfMemory) return { ...outOfMemory, error };
      if (memory.wasRefused() && isNothing(error)) return outOfMemory;
      return { ending: { kind: 'exited', exitCode }, error, peakMemoryMiB };
    }
    case 'memory':
      return outOfMemory;
    case 'broken':
      if (memory.wasRefused()) return outOfMemory;
      return fail('InternalError', 'the program broke the library it runs on', {
        kind: 'exited',
        exitCode: 1,
      });
    case 'nesting':
      return fail('SyntaxError', 'the source is nested too deeply', { kind: 'exited', exitCode: 1 });
    case 'trap':
      return fail('InternalError', 'the engine failed', { kind: 'signaled', signal: 'SIGSEGV' });
    case 'abort':
      return fail('InternalError', 'the engine failed', { kind: 'signaled', signal: 'SIGABRT' });
    case 'unknown':
      throw thrown;
    default:
      return unreachable(cause);
  }

  function fail(type: string, message: string, ending: RunEnd['ending']): RunEnd {
    write('stderr', Buffer.from(`Uncaught ${type}: ${message}\n`));
    return { ending, error: { type, message, line: null }, peakMemoryMiB };
  }
}

/** With its memory full to the last byte, the engine throws null: there is no room for an error. */
function isNothing(error: RunEnd['error']): boolean {
  return error !== null && error.type === 'object' && error.message === 'null';
}

/** Whether this process can run another program: not after the engine or the compiler left its rails. */
export function isTrustworthy(thrown: unknown): boolean {
  return thrown instanceof GuestExit || thrown instanceof GuestFailure || thrown instanceof OutOfMemory;
}

type Cause = 'exit' | 'memory' | 'broken' | 'nesting' | 'trap' | 'abort' | 'unknown';

function causeOf(thrown: unknown, wasRefused: boolean): Cause {
  if (thrown instanceof GuestExit) return 'exit';
  if (thrown instanceof OutOfMemory) return 'memory';
  if (thrown instanceof GuestFailure) return thrown.isOutOfMemory ? 'memory' : 'broken';
  if (thrown instanceof CompilerLost) return 'nesting';
  if (thrown instanceof EngineAbort) return wasRefused ? 'memory' : 'abort';
  if (isTrap(thrown)) return wasRefused ? 'memory' : 'trap';
  return 'unknown';
}

/** WebAssembly's own errors, and the overflow of the stack that it shares with JavaScript. */
function isTrap(thrown: unknown): boolean {
  if (thrown instanceof WebAssembly.RuntimeError) return true;
  return thrown instanceof RangeError && thrown.message.includes('call stack');
}
