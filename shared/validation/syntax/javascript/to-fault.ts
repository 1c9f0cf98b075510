import type { SyntaxFault } from '../syntax-fault.ts';

/** The members of Babel's errors that matter here; `column` counts from 0. */
export interface ParseError {
  message: string;
  reasonCode: string;
  pos: number;
  loc: { line: number; column: number };
  missingPlugin?: string | string[];
}

export function isParseError(error: unknown): error is ParseError {
  return error instanceof SyntaxError && 'reasonCode' in error && 'loc' in error;
}

/** What the parser knows as a plugin is no part of the language that the lanes run. */
const unknownSyntax: Record<string, string> = {
  jsx: 'JSX is not available',
  decoratorAutoAccessors: 'Fields with `accessor` are not available',
  decorators: 'Decorators are not available',
  optionalChainingAssign: 'Invalid left-hand side in assignment: an optional chain',
  deprecatedImportAssert: 'Import attributes are written with `with`, not `assert`',
};

export function toFault(source: string, error: ParseError): SyntaxFault {
  return { message: messageOf(source, error), line: error.loc.line, column: error.loc.column + 1 };
}

function messageOf(source: string, error: ParseError): string {
  const [plugin] = [error.missingPlugin ?? []].flat();
  if (plugin !== undefined) return unknownSyntax[plugin] ?? 'This syntax is not available';
  if (error.reasonCode === 'IllegalBreakContinue') return 'Nothing to break out of, or to continue';
  const text = error.message.replace(/ \(\d+:\d+\)$/, '').replace(/\.$/, '');
  return text.startsWith('Unexpected token') ? nameToken(source, error.pos, text) : text;
}

/** The parser says what it expected but not what it found. */
function nameToken(source: string, position: number, text: string): string {
  const rest = source.slice(position, position + 40).trimStart();
  const found = /^(?:[\p{ID_Start}$_#][\p{ID_Continue}$]*|\d+|=>|[=!<>]=+|\*\*|&&|\|\||\?\?|\S)/u.exec(
    rest,
  )?.[0];
  const subject = found === undefined ? 'Unexpected end of the program' : `Unexpected token \`${found}\``;
  return text.replace('Unexpected token', subject);
}
