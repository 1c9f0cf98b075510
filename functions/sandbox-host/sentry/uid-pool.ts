/** Uids of this host's sentries: one at a time each, none shared with a user or with another host on the machine. */
const PER_HOST = 256;
/** Above every uid that people, services, nobody (65534) or container ranges use; base + pid × 256 stays below 2^31. */
const LOWEST = 0x1000_0000;

const taken = new Set<number>();
let next = 0;

/** Takes the uid that has been free for longest; throws when all 256 are taken. Give it back with {@link releaseUid}. */
export function takeUid(): number {
  for (let tried = 0; tried < PER_HOST; tried++) {
    const uid = LOWEST + process.pid * PER_HOST + (next++ % PER_HOST);
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
