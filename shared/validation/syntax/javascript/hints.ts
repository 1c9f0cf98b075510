import type { Hint } from '../hints.ts';

/** For JavaScript and TypeScript. */
export const ecmascriptHints: Hint[] = [
  { message: /JSX/, hint: 'Build the text with a template string; no library for JSX is installed.' },
  { message: /Decorators/, hint: 'Call the decorator as a function.' },
  {
    line: /^\s*(?:def\s|elif\b|from\s+\S+\s+import\b|print\s+["'])/,
    hint: 'This is Python: set "language" to it, or write JavaScript.',
  },
  { line: /\belif\b/, hint: 'JavaScript writes else if.' },
  { line: /\blambda\b/, hint: 'JavaScript writes (x) => x.' },
  { line: /^\s*#(?!!)/, hint: 'A comment in JavaScript starts with //.' },
  { from: /^(?:\w+\s+)?and\b/, hint: 'JavaScript writes &&.' },
  { from: /^(?:\w+\s+)?or\b/, hint: 'JavaScript writes ||.' },
  { line: /\(\s*not\s/, hint: 'JavaScript writes !.' },
  { message: /end of the program/, hint: 'A bracket or brace before this is not closed.' },
  { message: /already been declared/, hint: 'Declare it once, then assign to it.' },
  { message: /'await'|reserved word 'await'/, hint: 'Make the function async.' },
  { message: /Missing initializer/, hint: 'Give the constant a value, or declare it with let.' },
  { message: /Unterminated string/, hint: 'Close the string on its line, or use a template string (`…`).' },
  { message: /expected ","/, hint: 'Add the comma, or close the bracket before this.' },
  { message: /regular expression/i, line: /\(\?P</, hint: 'A named group is written (?<name>…).' },
  { message: /Legacy octal/, hint: 'An octal number is written 0o777.' },
];

export const javascriptHints: Hint[] = [
  {
    line: /^\s*(?:interface|type|enum)\s+\w+/,
    message: /Missing semicolon/,
    hint: 'For TypeScript set "language" to typescript.',
  },
  { line: /^\s*(?:const|let|var)\s+\w+\s*:/, hint: 'For TypeScript set "language" to typescript.' },
  ...ecmascriptHints,
];
