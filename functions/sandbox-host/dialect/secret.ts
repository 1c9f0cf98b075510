import { createHash, timingSafeEqual } from 'node:crypto';

/** Whether a header is the secret, in a time that says nothing of how much of it was right. */
export function isSecret(expected: string, given: string | string[] | undefined): boolean {
  return typeof given === 'string' && timingSafeEqual(digest(expected), digest(given));
}

/** Digests are of one length, whatever was sent. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
