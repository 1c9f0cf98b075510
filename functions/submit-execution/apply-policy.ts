import type { SubmitRequest } from '../../shared/contract/submit-request.ts';
import { CordonError } from '../../shared/domain/cordon-error.ts';
import { defaultLimits, type Limits } from '../../shared/domain/limits.ts';
import { limitsUnder, type Policy } from '../../shared/domain/policy.ts';
import type { Language } from '../../shared/domain/program.ts';
import type { Violation } from '../../shared/domain/violation.ts';
import type { Verdict } from '../../shared/validation/policy/judge.ts';

/** Throws `policy_denied` when the tenant's programs must be in other languages. */
export function refuseLanguage({ languages }: Policy, language: Language): void {
  if (languages === null || languages.includes(language)) return;
  const violation: Violation = {
    rule: 'language',
    severity: 'high',
    message: `This tenant's policy does not allow ${language}.`,
    hint: `Write the program in ${new Intl.ListFormat('en', { type: 'disjunction' }).format(languages)}.`,
    line: null,
    column: null,
    snippet: null,
  };
  throw new CordonError('policy_denied', violation.message, { details: { violations: [violation] } });
}

/** Throws `policy_denied` with all that was found, the severest first. */
export function refuseDenied({ denied, violations }: Verdict, { profile }: Policy): void {
  if (!denied) return;
  const [first] = violations;
  const place = first?.line ? `Line ${first.line}: ` : '';
  const message =
    first === undefined ? `The policy ${profile} denies this program.` : `${place}${first.message}`;
  throw new CordonError('policy_denied', message, { details: { violations } });
}

/** Throws `invalid_request` for a limit above the tenant's ceiling. */
export function limitsOf(policy: Policy, { limits: requested }: SubmitRequest): Limits {
  const found = limitsUnder(policy, requested, defaultLimits);
  if (found.kind === 'limits') return found.limits;
  const detail = `must not exceed ${found.ceiling}, this tenant's ceiling`;
  throw new CordonError('invalid_request', `limits.${found.limit}: ${detail}`, {
    details: { errors: [{ detail, pointer: `#/limits/${found.limit}` }] },
  });
}
