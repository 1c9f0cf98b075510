import type { Language } from '../../domain/program.ts';
import { bashHints } from './bash/hints.ts';
import { ecmascriptHints, javascriptHints } from './javascript/hints.ts';
import { pythonHints } from './python/hints.ts';

/** What a mistake looks like, and what to do about it. All of `message`, `line` and `from` that are given must match. */
export interface Hint {
  message?: RegExp;
  line?: RegExp;
  /** The line from the column on. */
  from?: RegExp;
  hint: string;
}

export interface Mistake {
  message: string;
  /** The line's text, and the 1-based column in it. */
  text: string;
  column: number;
}

const anyLanguage: Hint[] = [
  { line: /^\s*```/, hint: 'Send the code alone, without the Markdown fence (the lines with ```).' },
  { line: /^(?:<{7}|={7}$|>{7})/, hint: 'Remove the conflict markers of the merge.' },
  { from: /^["']?[\u2018\u2019\u201c\u201d]/, hint: 'Use straight quotes: \' or ".' },
  { from: /^[\u00a0\u200b-\u200d\u2060\ufeff]/, hint: 'Remove the invisible character at this column.' },
  { from: /^[\u2010-\u2015\u2212]/, hint: 'Use the plain minus sign, -.' },
  {
    line: /^\s*(?:here is|here's|sure|below is|this (?:code|program|script)|note:)\b/i,
    hint: 'Send the code alone, without text around it.',
  },
  {
    message: /nested too deeply/,
    hint: 'Split the expression into several statements, or read the data from a file.',
  },
];

const byLanguage: Record<Language, Hint[]> = {
  python: pythonHints,
  javascript: javascriptHints,
  typescript: ecmascriptHints,
  bash: bashHints,
};

/** A line longer than this is generated: nothing that a hint knows. */
const hintedLength = 2_000;

export function findHint(language: Language, mistake: Mistake): string | null {
  if (mistake.text.length > hintedLength) return null;
  const hints = [...anyLanguage, ...byLanguage[language]];
  return hints.find((hint) => fits(hint, mistake))?.hint ?? null;
}

function fits({ message, line, from }: Hint, mistake: Mistake): boolean {
  return (
    (message?.test(mistake.message) ?? true) &&
    (line?.test(mistake.text) ?? true) &&
    (from?.test(mistake.text.slice(mistake.column - 1)) ?? true)
  );
}
