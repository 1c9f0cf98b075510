import { GuestError, type GuestErrorCode } from '../../guest/guest.ts';
import { type ConnectCode, ConnectProblem, HttpProblem } from '../problem.ts';

/** What a guest's refusal is called on the wire: as a Connect error, and as the status of `/files`. */
const rows: Record<GuestErrorCode, { connect: ConnectCode; status: number }> = {
  not_found: { connect: 'not_found', status: 404 },
  already_exists: { connect: 'already_exists', status: 400 },
  invalid_argument: { connect: 'invalid_argument', status: 400 },
  permission_denied: { connect: 'permission_denied', status: 403 },
  no_space: { connect: 'resource_exhausted', status: 507 },
  gone: { connect: 'unavailable', status: 502 },
  internal: { connect: 'internal', status: 500 },
};

export const sandboxGone = 'the sandbox is gone';

/** Other errors stay what they are. */
export function toConnectProblem(error: unknown): unknown {
  if (!(error instanceof GuestError)) return error;
  return new ConnectProblem(rows[error.code].connect, wordsOf(error));
}

/** Other errors stay what they are. */
export function toHttpProblem(error: unknown): unknown {
  if (!(error instanceof GuestError)) return error;
  return new HttpProblem(rows[error.code].status, wordsOf(error));
}

function wordsOf({ code, message }: GuestError): string {
  return code === 'gone' ? sandboxGone : message;
}
