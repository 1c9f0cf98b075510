import type { IncomingMessage } from 'node:http';
import type { GuestUser } from '../../guest/guest.ts';
import { ConnectProblem, HttpProblem } from '../problem.ts';

/** Whom a process or a file operation is for: the name of Basic authentication, whose password stays empty. */
export function userOfHeader({ headers: { authorization } }: IncomingMessage): GuestUser {
  if (authorization === undefined) return 'user';
  const [scheme, credentials = ''] = authorization.split(' ');
  const name = scheme === 'Basic' ? Buffer.from(credentials, 'base64').toString().split(':')[0] : undefined;
  if (isGuestUser(name)) return name;
  throw new ConnectProblem('unauthenticated', 'the user is neither "user" nor "root"');
}

/** Whom `/files` reads or writes for. */
export function userOfQuery(query: URLSearchParams): GuestUser {
  const name = query.get('username') ?? 'user';
  if (isGuestUser(name)) return name;
  throw new HttpProblem(401, 'the user is neither "user" nor "root"');
}

function isGuestUser(name: string | undefined): name is GuestUser {
  return name === 'user' || name === 'root';
}
