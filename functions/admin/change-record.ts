import type { AuditRecord } from '../../shared/domain/audit-record.ts';
import type { Caller } from '../../shared/domain/caller.ts';
import { CordonError } from '../../shared/domain/cordon-error.ts';
import { nextVersion, type Versioned } from '../../shared/domain/versioned.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import type { VersionedRecords } from '../../shared/ports/versioned-records.ts';

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

/** Changes that race each other are tried again this often, each on top of the one before. */
const maxTries = 5;

/** Changes some fields of a versioned record and says so in the audit. Throws `conflict` when others never stop. */
export async function changeRecord<Value extends object>(
  { records, clock, newId }: ChangePorts<Value>,
  { recordId, action, subject, fields, by }: Change<Value>,
): Promise<Versioned<Value>> {
  for (let tries = 0; tries < maxTries; tries += 1) {
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
    if (await records.replace(recordId, next, audit)) return next;
  }
  throw new CordonError('conflict', 'Others are changing this at the same time; read it and try again.');
}
