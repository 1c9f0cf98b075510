import { placeFiles } from '../files/place-files.ts';
import { beginPerformance } from '../library/performance.ts';
import { process } from '../library/process.ts';
import { connectStandardInput } from '../library/standard-streams.ts';
import { compileOrNull, runMainCommonJs } from '../modules/commonjs.ts';
import { isMainModule, markModule } from '../modules/esm.ts';
import { setMainName } from '../modules/main-file.ts';
import { pathOfFile } from '../modules/resolve.ts';
import { setTypescript } from '../modules/typescript.ts';
import type { Payload } from '../payload.ts';
import { fail } from './fail.ts';
import { markMain } from './main-state.ts';
import { updateLoopTime } from './timers.ts';

/** Sets up the program's world and runs its main file. */
export function start(json: string): void {
  const payload: Payload = JSON.parse(json);
  const { mainName, args, env, stdin, memoryBytes, typescript } = payload;
  updateLoopTime();
  beginPerformance();
  setMainName(mainName);
  setTypescript(typescript);
  process.begin(['node', mainName, ...args], env, memoryBytes);
  connectStandardInput(stdin);
  if (payload.hasContext) defineContext(payload.context);
  try {
    placeFiles(payload);
    runMain(pathOfFile(mainName));
  } catch (error) {
    fail(error, 'uncaughtException');
  }
}

function defineContext(value: unknown): void {
  Object.defineProperty(globalThis, 'context', {
    value,
    writable: true,
    configurable: true,
    enumerable: true,
  });
}

function runMain(path: string): void {
  const wrapper = isMainModule(path) ? null : compileOrNull(path);
  if (wrapper !== null) {
    runMainCommonJs(path, wrapper);
    return;
  }
  markModule(path);
  markMain('unsettled');
  import(path).then(
    () => markMain('settled'),
    (error: unknown) => {
      markMain('settled');
      fail(error, 'uncaughtException');
    },
  );
}
