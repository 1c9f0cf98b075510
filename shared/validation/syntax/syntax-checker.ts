import type { Language, Program } from '../../domain/program.ts';
import type { Violation } from '../../domain/violation.ts';
import { createDisposableThread } from '../../threads/disposable-thread.ts';
import type { ParserAnswer } from './syntax-fault.ts';
import { toViolation } from './to-violation.ts';

export interface SyntaxChecker {
  /**
   * What keeps the program from being parsed, first things first; empty when it parses. Also empty when the parser
   * comes to no verdict in time, since the interpreter will: a program is never refused for being long.
   */
  check(program: Pick<Program, 'language' | 'source'>): Promise<Violation[]>;
  /** Loads the parser of a language ahead of the first program in it; `check` does so too. Throws when it won't load. */
  prepare(language: Language): Promise<void>;
  close(): Promise<void>;
}

/**
 * With the policy after it, a verdict has to come within a second:
 *
 *     |- load again, if lost: 0.1 s -|-- parse, at most 0.35 s --|-- policy, half a second at worst --|
 */
const parseMs = 350;
/** Only a machine that stands still takes this long to load a parser. */
const loadMs = 10_000;
/** The parsers take 60 MiB, which a service that nobody uses shouldn't. */
const idleMs = 30_000;
/** The tree of a megabyte of JavaScript takes 200 MiB. */
const heapMiB = 320;

/** The parsers run in a thread of their own: hostile source can hang one or break it for good. */
export function createSyntaxChecker(): SyntaxChecker {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'mjs';
  const loaded = new Set<Language>();
  const thread = createDisposableThread<Pick<Program, 'language' | 'source'>, ParserAnswer>({
    program: new URL(`./syntax-thread.${extension}`, import.meta.url),
    heapMiB,
    isLast: ({ isBroken }) => isBroken,
    idleMs,
    onEnd: () => loaded.clear(),
  });

  async function prepare(language: Language): Promise<void> {
    if (loaded.has(language)) return;
    const answer = await thread.ask({ language, source: '' }, loadMs);
    // Without this, a file that a deployment lacks would let every program through.
    if (answer === null) throw new Error(`The parser of ${language} did not load`);
    loaded.add(language);
  }

  return {
    prepare,
    async check({ language, source }) {
      await prepare(language);
      // The lanes take a byte order mark away too.
      const text = source.replace(/^\ufeff/, '');
      const answer = await thread.ask({ language, source: text }, parseMs);
      return (answer?.faults ?? []).map((fault) => toViolation({ language, source: text }, fault));
    },
    close: thread.close,
  };
}
