import { randomInt } from 'node:crypto';

const PER_HOST = 256;
/** Above every uid that people, services, nobody (65534) or container ranges use. */
export const LOWEST_SENTRY_UID = 0x1000_0000;
/** One range in four million for each host, so that hosts on one machine, in containers or not, don't share one. */
const first = LOWEST_SENTRY_UID + randomInt(2 ** 22) * PER_HOST;

const taken = new Set<number>();
let next = 0;

/**
 * Takes a uid that no other process on the machine has: the one that has been free for longest. Throws when all 256 are
 * taken. Give it back with {@link releaseUid}.
 */
export function takeUid(): number {
  for (let tried = 0; tried < PER_HOST; tried++) {
    const uid = first + (next++ % PER_HOST);
    if (taken.has(uid)) continue;
    taken.add(uid);
    return uid;
  }
  throw new Error('every sentry uid is taken');
}

/** Gives a uid back; only once no process of it is left. */
export function releaseUid(uid: number): void {
  taken.delete(uid);
}
