import { hash } from 'node:crypto';
import type { Program } from '../../domain/program.ts';
import { createRecentValues } from '../../domain/recent-values.ts';
import type { Violation } from '../../domain/violation.ts';
import type { SyntaxChecker } from './syntax-checker.ts';

/** A verdict takes a few hundred bytes, of which few have violations. */
const mostVerdicts = 1_000;

/**
 * Checks a source once, however often a tenant sends it: retries, tests and schedules repeat themselves. One tenant never
 * gets, nor can tell by the time it takes, what another has sent.
 */
export function rememberVerdicts(
  check: SyntaxChecker['check'],
): (tenant: string, program: Pick<Program, 'language' | 'source'>) => Promise<Violation[]> {
  const verdicts = createRecentValues<Violation[]>(mostVerdicts);

  return async (tenant, program) => {
    const name = hash('sha256', JSON.stringify([tenant, program.language, program.source]));
    const known = verdicts.get(name);
    if (known !== undefined) return known;
    const verdict = await check(program);
    verdicts.set(name, verdict);
    return verdict;
  };
}
