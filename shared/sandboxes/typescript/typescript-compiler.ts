import { Worker } from 'node:worker_threads';
import type { StrippedSource } from './stripped-source.ts';

/** Turns TypeScript into JavaScript, whatever the source does to the compiler. */
export interface TypescriptCompiler {
  /** Null when the source is nested too deeply for the compiler, or keeps it busy for too long. */
  strip(source: string): Promise<StrippedSource | null>;
  close(): Promise<void>;
}

/** A megabyte of source takes about 0.2 s. */
const patienceMs = 5_000;
const heapMiB = 256;

/**
 * The compiler runs in a thread of its own, one source at a time: hostile source can hang it or break it for
 * good, and then only the thread is thrown away. It keeps no process alive.
 */
export function createTypescriptCompiler(): TypescriptCompiler {
  let thread: Worker | null = null;
  let last: Promise<unknown> = Promise.resolve();

  async function stripNext(source: string): Promise<StrippedSource | null> {
    thread ??= startThread();
    const used = thread;
    const stripped = await ask(used, source);
    if (stripped === null) {
      thread = null;
      await used.terminate();
    }
    return stripped;
  }

  return {
    strip(source) {
      const result = last.then(() => stripNext(source));
      last = result.catch(() => {});
      return result;
    },
    async close() {
      await last;
      await thread?.terminate();
      thread = null;
    },
  };
}

/** In a bundle the thread's program is beside the handler, under the same name. */
function startThread(): Worker {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'mjs';
  const thread = new Worker(new URL(`./compiler-thread.${extension}`, import.meta.url), {
    env: {},
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: heapMiB },
  });
  // Whoever waits for an answer sees its end; an error between two of them has nobody to tell.
  thread.on('error', () => {});
  thread.unref();
  return thread;
}

function ask(thread: Worker, source: string): Promise<StrippedSource | null> {
  const { promise, resolve } = Promise.withResolvers<StrippedSource | null>();
  const giveUp = () => resolve(null);
  const timer = setTimeout(giveUp, patienceMs);
  thread.once('message', resolve).once('error', giveUp).once('exit', giveUp);
  thread.postMessage(source);
  return promise.finally(() => {
    clearTimeout(timer);
    thread.off('message', resolve).off('error', giveUp).off('exit', giveUp);
  });
}
