import { encodeTime } from 'ulid';
import type { AuditRecord } from '../../shared/domain/audit-record.ts';
import type { Caller } from '../../shared/domain/caller.ts';
import { createRecentValues } from '../../shared/domain/recent-values.ts';
import type { AuditLog } from '../../shared/ports/audit-log.ts';

const hourMs = 3_600_000;
/** A request waits no longer for its record; the record may still be written then. */
const patienceMs = 250;
/** Keys that were not used for long make room. */
const maxKeys = 1_000;

/**
 * Records that a key was used: once in an hour, however many instances see it, because the record's id is made of the hour
 * and the key. Neither fails a request nor holds it up for long; `onLost` hears of a record that could not be written.
 */
export function createKeyUse(
  audit: AuditLog,
  onLost: (error: unknown) => void,
): (caller: Caller, now: Date) => Promise<void> {
  const recorded = createRecentValues<string>(maxKeys);

  return async (caller, now) => {
    const record = useOf(caller, now);
    if (recorded.get(caller.keyId) === record.id) return;
    recorded.set(caller.keyId, record.id);

    const appending = audit.append(record).catch((error: unknown) => {
      recorded.delete(caller.keyId);
      onLost(error);
    });
    await Promise.race([appending, patience()]);
  };
}

/** Sorts among ULIDs by its hour. */
function useOf({ keyId, tenant }: Caller, now: Date): AuditRecord {
  const hour = Math.floor(now.getTime() / hourMs) * hourMs;
  return {
    id: `${encodeTime(hour, 10)}-${keyId}`,
    at: now.toISOString(),
    action: 'key.use',
    ...{ keyId, tenant, subject: keyId },
  };
}

function patience(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, patienceMs).unref();
  });
}
