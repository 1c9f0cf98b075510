import { createHash } from 'node:crypto';
import type { SubmitRequest } from '../../shared/contract/submit-request.ts';
import type { AuditRecord } from '../../shared/domain/audit-record.ts';
import type { Caller } from '../../shared/domain/caller.ts';
import { CordonError, type ErrorCode } from '../../shared/domain/cordon-error.ts';
import type { Violation } from '../../shared/domain/violation.ts';

/** What says something of the program or the tenant; other refusals are about the request or the service. */
const audited: readonly ErrorCode[] = ['syntax_error', 'policy_denied', 'quota_exceeded'];

/** The audit record of a refusal, or null where none is kept. Never holds any of the source. */
export function refusalRecord(
  error: unknown,
  { caller, request, id, now }: { caller: Caller; request: SubmitRequest; id: string; now: Date },
): AuditRecord | null {
  if (!(error instanceof CordonError) || !audited.includes(error.code)) return null;
  const violations = (error.details.violations ?? []) as Violation[];
  return {
    id,
    at: now.toISOString(),
    action: 'execution.refuse',
    keyId: caller.keyId,
    tenant: caller.tenant,
    subject: request.user ?? caller.tenant,
    reason: {
      code: error.code,
      language: request.language,
      sourceSha256: createHash('sha256').update(request.source).digest('hex'),
      rules: [...new Set(violations.map(({ rule }) => rule))],
      ...(error.details.limit !== undefined && { limit: error.details.limit }),
    },
  };
}
