import { stripTypeScriptTypes } from 'node:module';
import { originalLines } from './original-lines.ts';
import type { StrippedSource } from './stripped-source.ts';

/**
 * The compiler is WebAssembly inside of Node, one instance per process, and gives itself up for good when source is
 * nested deeper than its stack. Whoever sees this must end the process.
 */
export class CompilerLost extends Error {
  override readonly name = 'CompilerLost';
}

/** What the compiler puts before the map, at the end of its output. */
const mapComment = '//# sourceMappingURL=data:application/json;base64,';

/**
 * JavaScript for TypeScript: types become spaces, so that every position stays. Only syntax that is more than
 * types (enums, namespaces, parameter properties) is rewritten, and then comes with a map of its lines.
 *
 * @throws CompilerLost
 */
export function stripTypes(source: string): StrippedSource {
  try {
    return { isValid: true, code: quietly(() => stripTypeScriptTypes(source)), lines: null };
  } catch (error) {
    return isUnsupported(error) ? transform(source) : refuse(error);
  }
}

function transform(source: string): StrippedSource {
  try {
    const options = { mode: 'transform', sourceMap: true } as const;
    const code = quietly(() => stripTypeScriptTypes(source, options));
    const end = code.lastIndexOf(mapComment);
    const map: unknown = JSON.parse(Buffer.from(code.slice(end + mapComment.length), 'base64').toString());
    const mappings = typeof map === 'object' && map !== null && 'mappings' in map ? String(map.mappings) : '';
    return {
      isValid: true,
      code: code.slice(0, end),
      lines: originalLines(mappings),
    };
  } catch (error) {
    return refuse(error);
  }
}

/** Node warns once that this is experimental, to stderr, which belongs to the program. */
function quietly<T>(strip: () => T): T {
  const { emitWarning } = process;
  process.emitWarning = () => {};
  try {
    return strip();
  } finally {
    process.emitWarning = emitWarning;
  }
}

function isUnsupported(error: unknown): boolean {
  return codeOf(error) === 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX';
}

function refuse(error: unknown): StrippedSource {
  const code = codeOf(error);
  const isSyntax = code === 'ERR_INVALID_TYPESCRIPT_SYNTAX' || code === 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX';
  if (!isSyntax || !(error instanceof Error)) throw new CompilerLost('nested too deeply', { cause: error });
  // The stack begins with "file:line" and an excerpt.
  const line = /^[^\n]*?:(\d+)\n/.exec(error.stack ?? '')?.[1];
  return { isValid: false, message: error.message, line: line === undefined ? null : Number(line) };
}

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : null;
}
