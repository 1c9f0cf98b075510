import { unreachable } from '../../domain/cordon-error.ts';
import type { Program } from '../../domain/program.ts';
import type { Analysis, Need } from './analysis.ts';

/** What keeps a program from running in the wasm tier; `line` is 1-based. */
export interface Unsupported {
  reason: string;
  line: number | null;
}

/**
 * Finds what the wasm tier certainly can't run, so that it is refused before it costs anything. It errs on the side
 * of letting a program run, where the missing feature raises an ordinary exception.
 */
export function findUnsupported(
  program: Pick<Program, 'language' | 'files'>,
  { needs }: Analysis,
): Unsupported | null {
  if (program.language === 'bash')
    return { reason: 'it has no bash, only Python, JavaScript and TypeScript', line: null };
  if (program.language !== 'python') return null;
  const need = needs.find(({ module }) => !isOwnModule(program, module));
  return need === undefined ? null : { reason: reasonOf(need), line: need.line };
}

function reasonOf({ kind, name }: Need): string {
  switch (kind) {
    case 'module':
      return `the module ${name} isn't available there, only Python's standard library without processes`;
    case 'threads':
      return 'it starts threads, which WebAssembly does not have; asyncio works';
    case 'pool':
      return `it uses ${name}, and WebAssembly has neither threads nor processes; asyncio works`;
    default:
      return unreachable(kind);
  }
}

/** A file of the program shadows the module of its name. */
function isOwnModule({ files }: Pick<Program, 'files'>, module: string): boolean {
  return files.some(({ path }) => path === `${module}.py` || path.startsWith(`${module}/`));
}
