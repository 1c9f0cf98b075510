import { createDisposableThread } from '../../threads/disposable-thread.ts';
import type { StrippedSource } from './stripped-source.ts';

/** Turns TypeScript into JavaScript, whatever the source does to the compiler. */
export interface TypescriptCompiler {
  /** Null when the source is nested too deeply for the compiler, or keeps it busy for too long. */
  strip(source: string): Promise<StrippedSource | null>;
  close(): Promise<void>;
}

/** With the start of the thread. A megabyte of source takes about 0.2 s. */
const patienceMs = 5_000;
const heapMiB = 256;

/** The compiler runs in a thread of its own: hostile source can hang it or break it for good. */
export function createTypescriptCompiler(): TypescriptCompiler {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'mjs';
  const program = new URL(`./compiler-thread.${extension}`, import.meta.url);
  const thread = createDisposableThread<string, StrippedSource>({ program, heapMiB });
  return { strip: (source) => thread.ask(source, patienceMs), close: thread.close };
}
