import { Language, Parser, type Tree } from 'web-tree-sitter';
import { copyTree } from './copy-tree.ts';
import type { SyntaxTree } from './syntax-tree.ts';
import type { Grammar, ReadWasm } from './wasm-files.ts';

export interface Parsers {
  /** The tree of a program; null when it is too large or too intricate to be read in the time and memory it has. */
  parse(grammar: Grammar, source: string): Promise<SyntaxTree | null>;
}

/** A program of 1 MB that isn't made to be slow takes a quarter of a second. */
const parseMs = 350;

/** WebAssembly pages of 64 KiB: 32 MiB, as the parser's build declares, growing to 96. Memory never shrinks again. */
const memoryPages = { initial: 512, maximum: 1_536 };

/** The parser asks for this many characters at a time; each time the clock is looked at. */
const chunkLength = 4_096;

interface Loaded {
  language: Language;
  parser: Parser;
}

/** Parsers are made when their language is first met: a grammar takes 1 to 4 MiB and up to 30 ms. */
export function createParsers(readWasm: ReadWasm): Parsers {
  let started: Promise<void> | null = null;
  const loading = new Map<Grammar, Promise<Loaded>>();

  async function load(grammar: Grammar): Promise<Loaded> {
    started ??= start(readWasm);
    await started;
    const language = await Language.load(await readWasm(`tree-sitter-${grammar}.wasm`));
    return { language, parser: newParser(language) };
  }

  async function loaded(grammar: Grammar): Promise<Loaded> {
    const found = loading.get(grammar) ?? load(grammar);
    loading.set(grammar, found);
    try {
      return await found;
    } catch (cause) {
      loading.delete(grammar);
      started = null;
      throw cause;
    }
  }

  return {
    async parse(grammar, source) {
      const { language, parser } = await loaded(grammar);
      let tree: Tree | null = null;
      try {
        tree = parseInTime(parser, source);
        return tree === null ? null : copyTree(tree, language, source);
      } catch (cause) {
        if (!(cause instanceof WebAssembly.RuntimeError)) throw cause;
        // Out of memory, for which the parser knows nothing but to abort. Another one works.
        loading.set(grammar, Promise.resolve({ language, parser: newParser(language) }));
        discard(parser);
        return null;
      } finally {
        tree?.delete();
      }
    },
  };
}

async function start(readWasm: ReadWasm): Promise<void> {
  await Parser.init({
    wasmBinary: await readWasm('web-tree-sitter.wasm'),
    wasmMemory: new WebAssembly.Memory(memoryPages),
    printErr: () => undefined,
  });
}

function newParser(language: Language): Parser {
  const parser = new Parser();
  parser.setLanguage(language);
  return parser;
}

/**
 * The parser asks whether to go on between its steps; a single step can read the source to its end again and again,
 * so late reads find it at an end.
 */
function parseInTime(parser: Parser, source: string): Tree | null {
  const deadline = performance.now() + parseMs;
  let isLate = false;
  const check = () => {
    isLate ||= performance.now() > deadline;
    return isLate;
  };
  const tree = parser.parse((index) => (check() ? '' : source.slice(index, index + chunkLength)), null, {
    progressCallback: check,
  });
  if (tree !== null && !isLate) return tree;
  tree?.delete();
  parser.reset();
  return null;
}

function discard(parser: Parser): void {
  try {
    parser.delete();
  } catch {
    // What it held is lost; memory has a ceiling.
  }
}
