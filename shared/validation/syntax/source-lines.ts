import type { Language } from '../../domain/program.ts';

/** What ends a line in each language; a lone carriage return is ordinary text to bash. */
const lineEnds: Record<Language, RegExp> = {
  python: /\r\n|\r|\n/g,
  javascript: /\r\n|[\r\n\u2028\u2029]/g,
  typescript: /\r\n|[\r\n\u2028\u2029]/g,
  bash: /\n/g,
};

/** The text of a 1-based line, without its end; null when the source has no such line. */
export function lineAt(source: string, language: Language, line: number): string | null {
  let number = 1;
  let start = 0;
  for (const end of source.matchAll(lineEnds[language])) {
    if (number === line) return source.slice(start, end.index);
    number += 1;
    start = end.index + end[0].length;
  }
  return number === line ? source.slice(start) : null;
}

/** The 1-based line and column of an offset. */
export function placeOf(
  source: string,
  language: Language,
  offset: number,
): { line: number; column: number } {
  let line = 1;
  let start = 0;
  for (const end of source.matchAll(lineEnds[language])) {
    const next = end.index + end[0].length;
    if (next > offset) break;
    line += 1;
    start = next;
  }
  return { line, column: offset - start + 1 };
}
