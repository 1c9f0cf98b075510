import type { Program } from '../../domain/program.ts';
import type { Violation } from '../../domain/violation.ts';
import { cutSnippet, showControls } from '../snippet.ts';
import { findHint } from './hints.ts';
import { lineAt } from './source-lines.ts';
import type { SyntaxFault } from './syntax-fault.ts';

const messageLength = 300;

/** A fault with the line that it is about, and what to change where that is known. */
export function toViolation(
  { language, source }: Pick<Program, 'language' | 'source'>,
  fault: SyntaxFault,
): Violation {
  const { line, column } = fault;
  const text = line === null ? null : lineAt(source, language, line);
  return {
    rule: 'syntax',
    severity: 'high',
    message: cutMessage(fault.message),
    hint: findHint(language, { message: fault.message, text: text ?? '', column: column ?? 1 }),
    line,
    column,
    snippet: text === null ? null : cutSnippet(text, column ?? 1),
  };
}

/** Parsers quote what they found, which can be a megabyte. */
function cutMessage(message: string): string {
  const shown = showControls(message.slice(0, messageLength));
  return message.length > messageLength ? `${shown}…` : shown;
}
