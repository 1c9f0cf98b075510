import type { AuditRecord } from '../domain/audit-record.ts';
import type { Versioned } from '../domain/versioned.ts';

/** Records of one kind, each of which is changed as a whole and never without an audit record. */
export interface VersionedRecords<Value> {
  /** Strongly consistent. The default when nobody has written it. */
  read(id: string): Promise<Versioned<Value>>;
  /** Writes both, or neither: false when the record isn't the version before this one any more. */
  replace(id: string, next: Versioned<Value>, audit: AuditRecord): Promise<boolean>;
}
