import type { AuditRecord } from '../../shared/domain/audit-record.ts';
import type { Caller } from '../../shared/domain/caller.ts';
import { nextVersion, type Versioned } from '../../shared/domain/versioned.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import type { VersionedRecords } from '../../shared/ports/versioned-records.ts';
import { untilChanged } from './until-changed.ts';

export interface ChangePorts<Value> {
  records: VersionedRecords<Value>;
  clock: Clock;
  /** A ULID for this moment. */
  newId: (now: Date) => string;
}

export interface Change<Value> {
  recordId: string;
  action: AuditRecord['action'];
  subject: string;
  /** Fields that are left out keep their value. */
  fields: Partial<Value>;
  by: Caller;
}

/** Changes some fields of a versioned record and says so in the audit. Throws `conflict` when others never stop. */
export async function changeRecord<Value extends object>(
  { records, clock, newId }: ChangePorts<Value>,
  { recordId, action, subject, fields, by }: Change<Value>,
): Promise<Versioned<Value>> {
  return untilChanged(async () => {
    const seen = await records.read(recordId);
    const now = clock();
    const next = nextVersion(seen, { ...seen.value, ...fields }, by.keyId, now);
    const audit: AuditRecord = {
      id: newId(now),
      at: now.toISOString(),
      action,
      keyId: by.keyId,
      tenant: by.tenant,
      subject,
      before: seen.value,
      after: next.value,
    };
    return (await records.replace(recordId, next, audit)) ? next : null;
  });
}
