import type { QuotaRefusal } from '../../shared/domain/account.ts';
import { CordonError, unreachable } from '../../shared/domain/cordon-error.ts';

const limitNames = {
  executions: 'executions in this period',
  executionSeconds: 'seconds of execution in this period',
  concurrent: 'executions at the same time',
  costUsd: 'dollars in this period',
} as const;

/** The error for an admission that the ledger refused. */
export function refuseAdmission(refusal: QuotaRefusal, now: Date): CordonError {
  switch (refusal.kind) {
    case 'no_account':
      return new CordonError('forbidden', 'The tenant of this API key has no account.');
    case 'period_over':
      return new CordonError('internal', 'The quota period could not be renewed.');
    case 'over_limit': {
      const { of, limit, used, allowed, resetAt, windowSeconds } = refusal;
      const retryAfterSeconds =
        resetAt === null ? 1 : Math.ceil((Date.parse(resetAt) - now.getTime()) / 1000);
      return new CordonError(
        'quota_exceeded',
        `The quota of the ${of} allows ${allowed} ${limitNames[limit]}.`,
        {
          details: { of, limit, used, allowed, resetAt, windowSeconds, retryAfterSeconds },
        },
      );
    }
    default:
      return unreachable(refusal);
  }
}
