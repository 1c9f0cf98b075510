import type { StrippedSource } from '../../../../../../shared/sandboxes/typescript/stripped-source.ts';
import { setEngineStack } from '../errors/call-sites.ts';

let stripped: Record<string, StrippedSource> = {};
const typescriptName = /\.[mc]?ts$/;

export function setTypescript(sources: Record<string, StrippedSource>): void {
  stripped = sources;
}

export function isTypescript(file: string): boolean {
  return typescriptName.test(file);
}

/** An error of the compiler, which has a line but no calls. */
function syntaxErrorAt(message: string, file: string, line: number | null): SyntaxError {
  const error = new SyntaxError(message);
  setEngineStack(error, line === null ? '' : `    at ${file}:${line}:1\n`);
  return error;
}

/** JavaScript for a TypeScript file, which the host made before the program started. */
export function javascriptOf(file: string): { code: string; lines: number[] | null } {
  const known = Object.hasOwn(stripped, file) ? stripped[file] : undefined;
  if (known === undefined) {
    throw new Error(
      `${file}: TypeScript that the program writes itself is not available in the wasm backend`,
    );
  }
  if (known.isValid) return known;
  throw syntaxErrorAt(known.message, file, known.line);
}
