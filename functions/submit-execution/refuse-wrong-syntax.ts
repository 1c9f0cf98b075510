import { CordonError } from '../../shared/domain/cordon-error.ts';
import type { Program } from '../../shared/domain/program.ts';
import type { SyntaxChecker } from '../../shared/validation/syntax/syntax-checker.ts';

/** Throws `syntax_error` with every violation when the program doesn't parse. */
export async function refuseWrongSyntax(
  checker: Pick<SyntaxChecker, 'check'>,
  program: Pick<Program, 'language' | 'source'>,
): Promise<void> {
  const violations = await checker.check(program);
  const [first] = violations;
  if (first === undefined) return;
  const place = first.line === null ? '' : `Line ${first.line}: `;
  throw new CordonError('syntax_error', `${place}${first.message}`, { details: { violations } });
}
