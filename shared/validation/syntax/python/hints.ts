import type { Hint } from '../hints.ts';

export const pythonHints: Hint[] = [
  { message: /was never closed/, hint: 'Close the bracket, or remove it.' },
  { line: /^\s*print\s+[^(=\s]/, hint: 'In Python 3 print is a function: print(…).' },
  { line: /^\s*exec\s+["']/, hint: 'In Python 3 exec is a function: exec(…).' },
  { line: /^\s*else\s+if\b/, hint: 'Python writes elif.' },
  { from: /^&&?/, hint: 'Python writes and.' },
  { from: /^\|\|?/, hint: 'Python writes or.' },
  { line: /&&/, hint: 'Python writes and.' },
  { line: /\|\|/, hint: 'Python writes or.' },
  { line: /(?:\+\+|--)\s*;?\s*$/, hint: 'Python has no ++ and --: write x += 1.' },
  {
    line: /^\s*(?:const|let|var|function)\s|=>/,
    hint: 'This is JavaScript: set "language" to it, or write Python.',
  },
  { line: /(?:\)|\belse)\s*\{\s*$/, hint: 'A body in Python is a colon and indented lines, not braces.' },
  { from: /^!/, hint: 'Python writes not.' },
  { from: /^\?/, hint: 'Python writes a if condition else b.' },
  { line: /<>/, hint: 'Python 3 writes !=.' },
  { line: /\s\/\/\s*\D/, hint: 'A comment in Python starts with #.' },
  { line: /^\s*(?:>>>|\.\.\.)\s/, hint: 'Remove the prompts of the interactive interpreter.' },
  { line: /^\s*(?:el)?if\b.*[^=!<>:]=[^=]/, hint: 'Compare with ==; = assigns.' },
  { message: /Expected `:`/, hint: 'Add a colon.' },
  { message: /indented block/, hint: 'Indent the body, or write pass.' },
  {
    message: /indentation|unindent|dedent/i,
    hint: 'Indent with four spaces per level, and never mix tabs and spaces.',
  },
  {
    message: /closing quote|unterminated string/i,
    hint: 'Close the string on its line, or use triple quotes.',
  },
  { message: /^`return`/, hint: 'Return only in a function; to end the program call sys.exit().' },
  {
    message: /`await`|outside of an async|asynchronous/,
    hint: 'Put it into an async function, and run that with asyncio.run(main()).',
  },
  {
    message: /Invalid decimal integer/,
    hint: 'An octal number is written 0o777; a decimal one has no leading zero.',
  },
  { message: /keyword argument/i, hint: 'Pass each keyword once, after all positional arguments.' },
  { message: /global declaration/, hint: 'Move the global statement to the start of the function.' },
];
