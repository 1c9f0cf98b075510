import type { AuditRecord } from '../domain/audit-record.ts';

/** Append-only: a record is never changed, and goes only when its time is over. */
export interface AuditLog {
  append(record: AuditRecord): Promise<void>;
}
