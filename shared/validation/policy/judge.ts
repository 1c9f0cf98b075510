import type { Policy } from '../../domain/policy.ts';
import type { Violation } from '../../domain/violation.ts';
import type { Finding } from './finding.ts';
import { listedAs } from './modules/module-group.ts';
import { compareSeverity, isDenied, profiles } from './profiles.ts';

/** More than these nobody reads; the severest are kept. */
const mostViolations = 50;

export interface Verdict {
  violations: Violation[];
  denied: boolean;
}

/** What a policy makes of what was found. */
export function judge(findings: readonly Finding[], policy: Policy): Verdict {
  const violations = findings
    .filter((finding) => isViolation(finding, policy))
    .map((finding) => toViolation(finding, policy))
    .sort(
      (one, other) => compareSeverity(one.severity, other.severity) || (one.line ?? 0) - (other.line ?? 0),
    );
  return {
    violations: violations.slice(0, mostViolations),
    denied: violations.some(({ severity }) => isDenied(severity, policy)),
  };
}

function isViolation({ module, isForListedModulesOnly }: Finding, policy: Policy): boolean {
  if (module !== null && listedAs(module, new Set(policy.allowModules)) !== null) return false;
  return !isForListedModulesOnly || profiles[policy.profile].onlyListedModules;
}

function toViolation(
  { rule, severity, message, hint, line, column, snippet }: Finding,
  policy: Policy,
): Violation {
  const ruling = isDenied(severity, policy)
    ? `Not allowed under policy ${policy.profile}.`
    : `Recorded only under policy ${policy.profile}.`;
  return { rule, severity, message, hint: `${ruling} ${hint}`, line, column, snippet };
}
