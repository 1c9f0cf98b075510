import { posix } from 'node:path';
import { GuestError, type GuestUser } from '../../guest/guest.ts';

const homes: Record<GuestUser, string> = { user: '/home/user', root: '/root' };
/** PATH_MAX of Linux, without the final zero. */
const maxPathBytes = 4095;

/**
 * The absolute path in the guest that a client means: relative paths and `~` start at the user's home. Only text:
 * links are followed by the guest, inside.
 *
 * @throws GuestError `invalid_argument`
 */
export function guestPath(path: string, user: GuestUser): string {
  if (path.includes('\0')) throw new GuestError('invalid_argument', 'a path has no zero bytes');
  const fromHome = path === '~' || path.startsWith('~/') ? `.${path.slice(1)}` : path;
  const absolute = posix.resolve(homes[user], fromHome);
  if (Buffer.byteLength(absolute) > maxPathBytes)
    throw new GuestError('invalid_argument', 'the path is too long');
  return absolute;
}

export function homeOf(user: GuestUser): string {
  return homes[user];
}
