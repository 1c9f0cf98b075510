import type { AuditRecord } from '../domain/audit-record.ts';

/** Append-only: a record is never changed, and goes only when its time is over. */
export interface AuditLog {
  /** Leaves a record as it is whose id is there. */
  append(record: AuditRecord): Promise<void>;
}
