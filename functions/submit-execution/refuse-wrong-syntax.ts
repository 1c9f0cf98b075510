import { CordonError } from '../../shared/domain/cordon-error.ts';
import type { Violation } from '../../shared/domain/violation.ts';

/** Throws `syntax_error` with every violation when the program doesn't parse. */
export function refuseWrongSyntax(violations: Violation[]): void {
  const [first] = violations;
  if (first === undefined) return;
  const place = first.line === null ? '' : `Line ${first.line}: `;
  throw new CordonError('syntax_error', `${place}${first.message}`, { details: { violations } });
}
