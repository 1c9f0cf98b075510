import type { Policy, PolicyProfile } from '../../domain/policy.ts';
import type { Severity } from '../../domain/violation.ts';

/** What a profile makes of the findings of the rules. */
export interface Profile {
  /** Findings of this severity and above are denied unless the policy says otherwise. */
  denyAt: Severity;
  /** Whether a module has to be on the list of safe ones; else only the dangerous groups are findings. */
  onlyListedModules: boolean;
}

/**
 * `strict`: computation with safe modules, without files, processes, network, code from text or a look inside the
 * interpreter. `standard`: whatever a program may do inside its sandbox, but for idioms that only attacks have.
 */
export const profiles = {
  strict: { denyAt: 'medium', onlyListedModules: true },
  standard: { denyAt: 'high', onlyListedModules: false },
} as const satisfies Record<PolicyProfile, Profile>;

const ranks: Readonly<Record<Severity, number>> = { low: 0, medium: 1, high: 2 };

/** Whether a violation of this severity keeps a program from running. High does under every policy. */
export function isDenied(severity: Severity, { profile, denyAt }: Policy): boolean {
  return ranks[severity] >= ranks[denyAt ?? profiles[profile].denyAt];
}

/** Severest first. */
export function compareSeverity(one: Severity, other: Severity): number {
  return ranks[other] - ranks[one];
}
