import { Language, Parser, type Tree } from 'web-tree-sitter';
import { copyTree } from './copy-tree.ts';
import { createParserMemory, type ParserMemory } from './parser-memory.ts';
import type { SyntaxTree } from './syntax-tree.ts';
import { threadCpuMs } from './thread-cpu.ts';
import type { Grammar, ReadWasm } from './wasm-files.ts';

export interface Parsers {
  /**
   * The tree of a program; null when it is too large or too intricate to be read in the time and memory it has. Throws
   * when the parser can't be loaded, or broke so often that its process should end.
   */
  parse(grammar: Grammar, source: string): Promise<SyntaxTree | null>;
}

/** Of the thread's own time, so that a busy machine refuses nobody. 1 MB that isn't made to be slow takes 250 ms. */
const parseCpuMs = 350;

/** The parser asks for this many characters at a time; each time the clock is looked at. */
const chunkLength = 4_096;

/** Each time the parser breaks off it leaves a little of its 64 KiB of stack behind. */
const mostBreaks = 16;

interface Loaded {
  language: Language;
  parser: Parser;
}

/** The parser is one for the process, so its memory is too. */
let shared: Promise<ParserMemory> | null = null;

/** Parsers are made when their language is first met: a grammar takes 1 to 4 MiB and up to 30 ms. */
export function createParsers(readWasm: ReadWasm): Parsers {
  const loading = new Map<Grammar, Promise<Loaded>>();
  let breaks = 0;

  async function loaded(grammar: Grammar): Promise<Loaded> {
    const found = loading.get(grammar) ?? load(grammar, readWasm);
    loading.set(grammar, found);
    try {
      return await found;
    } catch (cause) {
      loading.delete(grammar);
      throw cause;
    }
  }

  return {
    async parse(grammar, source) {
      const { language, parser } = await loaded(grammar);
      const memory = await start(readWasm);
      let tree: Tree | null = null;
      try {
        tree = parseInBounds(parser, source, memory);
        const copy = tree === null ? null : copyTree(tree, language, source);
        tree?.delete();
        return copy;
      } catch (cause) {
        if (!(cause instanceof WebAssembly.RuntimeError)) throw cause;
        breaks += 1;
        if (breaks > mostBreaks) throw new Error('the parser broke too often', { cause });
        memory.restore();
        return null;
      }
    },
  };
}

function start(readWasm: ReadWasm): Promise<ParserMemory> {
  shared ??= initialize(readWasm).catch((cause: unknown) => {
    shared = null;
    throw cause;
  });
  return shared;
}

async function initialize(readWasm: ReadWasm): Promise<ParserMemory> {
  const memory = createParserMemory();
  await Parser.init({
    wasmBinary: await readWasm('web-tree-sitter.wasm'),
    wasmMemory: memory.memory,
    printErr: () => undefined,
  });
  return memory;
}

/** One after the other: each begins with the memory as the one before left it. */
function load(grammar: Grammar, readWasm: ReadWasm): Promise<Loaded> {
  const next = lastLoad.then(() => loadNow(grammar, readWasm));
  lastLoad = next.catch(() => undefined);
  return next;
}

let lastLoad: Promise<unknown> = Promise.resolve();

async function loadNow(grammar: Grammar, readWasm: ReadWasm): Promise<Loaded> {
  const memory = await start(readWasm);
  // Else what a large program left behind would be kept with the grammar.
  if (memory.hasGrown()) memory.restore();
  const language = await Language.load(await readWasm(`tree-sitter-${grammar}.wasm`));
  const parser = new Parser();
  parser.setLanguage(language);
  memory.keep();
  return { language, parser };
}

/**
 * The parser asks whether to go on between its steps; a single step can read the source to its end again and again,
 * so late reads find it at an end.
 */
function parseInBounds(parser: Parser, source: string, memory: ParserMemory): Tree | null {
  const deadlineMs = threadCpuMs() + parseCpuMs;
  const hasTakenTooMuch = memory.watch();
  let isOver = false;
  const check = () => {
    isOver ||= threadCpuMs() > deadlineMs || hasTakenTooMuch();
    return isOver;
  };
  const tree = parser.parse((index) => (check() ? '' : source.slice(index, index + chunkLength)), null, {
    progressCallback: check,
  });
  if (tree !== null && !isOver) return tree;
  tree?.delete();
  parser.reset();
  return null;
}
