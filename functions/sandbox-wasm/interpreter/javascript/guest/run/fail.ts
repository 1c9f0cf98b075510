import { describeUncaught, isOutOfMemory, programErrorOf } from '../errors/uncaught.ts';
import { process } from '../library/process.ts';
import { writeOutput } from '../output.ts';
import { exit } from './exit.ts';

export type Origin = 'uncaughtException' | 'unhandledRejection';

const uncaughtExitCode = 1;
/** Node's exit code for a handler of uncaught exceptions that throws itself. */
const failedHandlerExitCode = 7;
let isFailing = false;

/** An exception that nobody caught: the program's own handler takes it, or it ends the program. */
export function fail(error: unknown, origin: Origin): void {
  if (!isFailing && process.listenerCount('uncaughtException') > 0) {
    isFailing = true;
    try {
      process.emit('uncaughtException', error, origin);
      return;
    } catch (second) {
      end(second, 'uncaughtException', failedHandlerExitCode);
    } finally {
      isFailing = false;
    }
  }
  end(error, origin);
}

function end(error: unknown, origin: Origin, exitCode = uncaughtExitCode): never {
  const reported = programErrorOf(error);
  writeOutput('stderr', describeUncaught(error, origin));
  exit(exitCode, reported, isOutOfMemory(error));
}
