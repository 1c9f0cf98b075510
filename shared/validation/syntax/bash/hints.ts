import type { Hint } from '../hints.ts';

export const bashHints: Hint[] = [
  {
    line: /^\s*(?:def|class|import|from)\s.*:?\s*$/,
    hint: 'This is Python: set "language" to it, or write bash.',
  },
  {
    message: /Expected command (?:after '(?:then|else|do)'|in)/,
    hint: 'An empty body needs a command: use : (a colon).',
  },
  { message: /'fi'/, hint: 'End each if with fi; another condition is elif, not else if.' },
  { message: /'done'/, hint: 'End each loop with done.' },
  { message: /'esac'/, hint: 'End each case with esac.' },
  { message: /'then'/, hint: 'After the condition write: then, on a new line or after a semicolon.' },
  { message: /'do'/, hint: 'After the head of the loop write: do, on a new line or after a semicolon.' },
  { message: /single quote/, hint: 'Close the quote; an apostrophe in text needs double quotes around it.' },
  { message: /double quote|backtick/, hint: 'Close the quote.' },
  { message: /substitution|expansion|subshell|brace group/, hint: 'Close the bracket, or quote it.' },
];
