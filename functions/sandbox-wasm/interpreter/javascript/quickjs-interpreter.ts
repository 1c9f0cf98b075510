import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Limits, limitCeilings } from '../../../../shared/domain/limits.ts';
import type { Program } from '../../../../shared/domain/program.ts';
import type { Interpreter, RunEnd, WriteOutput } from '../interpreter.ts';
import { buildPayload } from './build-payload.ts';
import { endOfRun, isTrustworthy } from './end-of-run.ts';
import { createEngineMemory } from './engine/engine-memory.ts';
import { buildImage, restoreImage, type Session } from './engine/image.ts';
import { patchModule } from './engine/patch-module.ts';
import { callHost, hostFunctions } from './host-functions.ts';
import { loadModule, resolveModule, trackRejection } from './module-hooks.ts';
import { quickJsFiles } from './quickjs-files.ts';
import { runProgram } from './run-program.ts';

const mebibyte = 1_048_576;
/** What WebAssembly itself grants; the limit of a run is kept below it when memory grows. */
const maximumBytes = limitCeilings.memoryMiB * mebibyte;
/** Kept back from the limit while the program runs, so that its end can still be reported. */
const reserveBytes = mebibyte;
/** Of the 5 MiB that C's stack has in the module. */
const maxStackBytes = 4 * mebibyte;
/** Bytes of the process's stack for each byte of C's, measured on the recursions of the attack suite. */
const nativePerStackByte = 24;

/**
 * JavaScript and TypeScript in QuickJS, from the files that `packageQuickJs` put into `directory`. Each run has a
 * WebAssembly instance of its own, on memory that starts as the image of an engine with our library loaded.
 */
export function createQuickJsInterpreter({
  directory,
  nativeStackBytes,
}: {
  directory: string;
  /** The process's stack, which bounds how deep the engine's own functions may recurse. */
  nativeStackBytes: number;
}): Interpreter {
  const module = new WebAssembly.Module(patchModule(readFileSync(join(directory, quickJsFiles.engine))));
  const image = buildImage(module, {
    guestSource: readFileSync(join(directory, quickJsFiles.guest), 'utf8'),
    hostFunctions,
    maxStackBytes: Math.min(maxStackBytes, Math.floor(nativeStackBytes / nativePerStackByte)),
  });
  let memory = createEngineMemory(maximumBytes);
  let canGoOn = true;

  function open(limits: Limits, write: WriteOutput): Session {
    memory.setLimit(limits.memoryMiB * mebibyte - reserveBytes);
    const session: Session = restoreImage(module, image, {
      memory,
      randomSeed: randomBytes(8).readBigUInt64LE() | 1n,
      hooks: {
        callFunction: (id, count, first) => callHost(session, write, id, count, first),
        resolveModule: (fromName, specifier) =>
          resolveModule(
            session,
            session.engine.memory.getString(fromName),
            session.engine.memory.getString(specifier),
          ),
        loadModule: (name) => loadModule(session, session.engine.memory.getString(name)),
        trackRejection: (promise, reason, isHandled) =>
          trackRejection(session, promise, reason, isHandled !== 0),
      },
    });
    return session;
  }

  async function run(program: Program, limits: Limits, write: WriteOutput): Promise<RunEnd> {
    const session = open(limits, write);
    try {
      return await runProgram(session, JSON.stringify(buildPayload(program, limits)));
    } catch (error) {
      canGoOn = isTrustworthy(error);
      return endOfRun(session, error, write);
    }
  }

  function reset(): boolean {
    if (canGoOn && !memory.wipe()) memory = createEngineMemory(maximumBytes);
    return canGoOn;
  }

  return { run, reset };
}
