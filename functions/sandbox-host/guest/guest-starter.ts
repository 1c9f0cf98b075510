import type { StartGuest } from '../pool/guest-pool.ts';
import { guestCeilings } from '../sandboxes/enforced-limits.ts';
import type { SentryHost } from '../sentry/sentry.ts';
import { removeSnapshot, type Snapshot } from '../sentry/snapshot.ts';
import type { Template } from './guest.ts';
import { type GuestOptions, saveGuest, startGuest } from './start-guest.ts';

/**
 * Templates whose guests may share a past. Python asks the kernel for random numbers, and what it had drawn is drawn
 * anew before a program starts; node draws in advance, where nobody can tell it that it was copied.
 */
const sharingAPast: readonly Template[] = ['python'];

/**
 * Starts guests with room for any job. Where it can, it starts one warm guest of a template, saves it before it has
 * seen any client, and has all others go on from there, for less CPU time than a start.
 *
 * A snapshot that can't be made or does not answer is reported once; every guest starts from nothing then.
 */
export function createGuestStarter(
  sentries: SentryHost,
  onNoSnapshot: (template: Template, error: unknown) => void,
): StartGuest {
  const snapshots = new Map<Template, Promise<Snapshot | undefined>>();

  const snapshotOf = (template: Template): Promise<Snapshot | undefined> => {
    const known = snapshots.get(template);
    if (known !== undefined) return known;
    const made = tryToSave(sentries, { template, isAhead: true, ...guestCeilings }).catch((error) => {
      onNoSnapshot(template, error);
      return undefined;
    });
    snapshots.set(template, made);
    return made;
  };

  return async (template, kind) => {
    const isAhead = kind === 'warm';
    const isRestored = isAhead && sentries.canSave && sharingAPast.includes(template);
    const snapshot = isRestored ? await snapshotOf(template) : undefined;
    return startGuest(sentries, { template, isAhead, snapshot, ...guestCeilings });
  };
}

/** A snapshot of which a guest was restored that works. */
async function tryToSave(sentries: SentryHost, options: GuestOptions): Promise<Snapshot> {
  const snapshot = await saveGuest(sentries, options);
  try {
    const guest = await startGuest(sentries, { ...options, snapshot });
    await guest.stat('/', 'user').finally(() => guest.kill());
    return snapshot;
  } catch (error) {
    removeSnapshot(snapshot);
    throw error;
  }
}
