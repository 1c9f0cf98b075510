import { parentPort } from 'node:worker_threads';
import { CompilerLost, stripTypes } from './strip-types.ts';

/** The program of a compiler's thread: source in, `StrippedSource` out. A compiler that is lost ends the thread. */
parentPort?.on('message', (source: string) => {
  try {
    parentPort?.postMessage(stripTypes(source));
  } catch (error) {
    if (!(error instanceof CompilerLost)) throw error;
    process.exit();
  }
});
