import { placeOf } from '../source-lines.ts';
import type { SyntaxFault } from '../syntax-fault.ts';
import { blankPythonText } from './blank-python-text.ts';

const closers: Record<string, string> = { '(': ')', '[': ']', '{': '}' };

/** The innermost bracket that is open at the end of the source; null when all are closed, or one of them wrongly. */
export function findUnclosed(source: string): (SyntaxFault & { line: number }) | null {
  // A line of its own for each break keeps offsets: blanked text has one character for each of the source's.
  const blanked = blankPythonText(source.replaceAll('\r\n', ' \n'));
  const open: { bracket: string; offset: number }[] = [];
  for (const { 0: bracket, index } of blanked.matchAll(/[()[\]{}]/g)) {
    if (closers[bracket] !== undefined) open.push({ bracket, offset: index });
    else if (closers[open.pop()?.bracket ?? ''] !== bracket) return null;
  }
  const last = open.at(-1);
  return last === undefined
    ? null
    : { message: `'${last.bracket}' was never closed`, ...placeOf(source, 'python', last.offset) };
}
