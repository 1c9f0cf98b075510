import type { Program } from '../domain/program.ts';
import { blankPythonText } from './blank-python-text.ts';

/** What keeps a program from running in the wasm tier; `line` is 1-based. */
export interface Unsupported {
  reason: string;
  line: number | null;
}

/** Compiled packages and processes: what other backends have and WebAssembly lacks. */
const missingModules = ['numpy', 'pandas', 'matplotlib', 'subprocess', 'multiprocessing'] as const;
const moduleList = missingModules.join('|');

const patterns: { expression: RegExp; reason: (found: string) => string }[] = [
  {
    // Unindented only: an import inside try, if or def may be optional.
    expression: new RegExp(
      `^(?:from[ \\t]+|import[ \\t]+(?:[\\w.]+(?:[ \\t]+as[ \\t]+\\w+)?[ \\t]*,[ \\t]*)*)(${moduleList})\\b`,
    ),
    reason: (module) =>
      `the module ${module} isn't available there, only Python's standard library without processes`,
  },
  {
    expression: /\b(threading\.Thread)[ \t]*\(/,
    reason: () => 'it starts threads, which WebAssembly does not have; asyncio works',
  },
  {
    expression: /^from[ \t]+threading[ \t]+import[ \t(]+[^#]*\b(Thread)\b/,
    reason: () => 'it starts threads, which WebAssembly does not have; asyncio works',
  },
  {
    expression: /\b(ThreadPoolExecutor|ProcessPoolExecutor)[ \t]*\(/,
    reason: (pool) => `it uses ${pool}, and WebAssembly has neither threads nor processes; asyncio works`,
  },
];

/**
 * Finds what the wasm tier certainly can't run, so that it is refused before it costs anything. A scan, not a
 * parser: it errs on the side of letting a program run, where the missing feature raises an ordinary exception.
 */
export function findUnsupported(program: Program): Unsupported | null {
  if (program.language === 'bash')
    return { reason: 'it has no bash, only Python, JavaScript and TypeScript', line: null };
  if (program.language !== 'python') return null;

  const lines = blankPythonText(program.source).split('\n');
  for (const [index, line] of lines.entries()) {
    for (const { expression, reason } of patterns) {
      const found = expression.exec(line)?.[1];
      if (found !== undefined && !isOwnModule(program, found))
        return { reason: reason(found), line: index + 1 };
    }
  }
  return null;
}

/** A file of the program shadows the module of its name. */
function isOwnModule({ files }: Program, module: string): boolean {
  return files.some(({ path }) => path === `${module}.py` || path.startsWith(`${module}/`));
}
