import { placeOf } from '../source-lines.ts';
import type { SyntaxFault } from '../syntax-fault.ts';

/** CPython's own limits (Parser/lexer/state.h: MAXLEVEL, MAXINDENT; sys.int_info.default_max_str_digits). */
const maxBrackets = 200;
const maxIndentation = 99;
const maxDigits = 4_300;

const token = /^ {4}(Lpar|Lsqb|Lbrace|Rpar|Rsqb|Rbrace|Indent|Dedent|Int) (\d+)\.\.(\d+)/gm;
const openings = ['Lpar', 'Lsqb', 'Lbrace'];

/** Whether source can be past a limit at all: few programs are, and their tokens cost as much as the check. */
export function mayPassLimits(source: string): boolean {
  return (
    (source.match(/[([{]/g)?.length ?? 0) > maxBrackets ||
    /[\d_]{4301}/.test(source) ||
    new RegExp(`^[ \\t]{${maxIndentation + 1}}`, 'm').test(source)
  );
}

/** The first place where source that parses is more than CPython's compiler takes. `tokens` is Ruff's list of them. */
export function findPassedLimit(source: string, tokens: string): SyntaxFault | null {
  let brackets = 0;
  let indentation = 0;
  for (const [, kind = '', start, end] of tokens.matchAll(token)) {
    const message = passedBy(kind, Number(end) - Number(start));
    if (message !== null) return { message, ...placeOfByte(source, Number(start)) };
  }
  return null;

  function passedBy(kind: string, length: number): string | null {
    if (kind === 'Int') return length > maxDigits ? tooManyDigits : null;
    if (kind === 'Indent') indentation += 1;
    else if (kind === 'Dedent') indentation -= 1;
    else brackets += openings.includes(kind) ? 1 : -1;
    if (brackets > maxBrackets) return 'Too many nested parentheses: Python allows 200.';
    return indentation > maxIndentation ? 'Too many levels of indentation: Python allows 99.' : null;
  }
}

const tooManyDigits = 'An integer of more than 4,300 digits: write it in hexadecimal, or compute it.';

function placeOfByte(source: string, byte: number): { line: number; column: number } {
  return placeOf(source, 'python', Buffer.from(source).subarray(0, byte).toString().length);
}
