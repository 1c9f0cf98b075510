import { createHash, createHmac } from 'node:crypto';
import type { RequestIdentity } from '../domain/request-identity.ts';

/**
 * Content is what the request means, not its bytes: the order of members and white space don't count. It is keyed by
 * the `Idempotency-Key`, so that who reads the table can't test guesses at a short program or secret.
 */
export function identifyRequest(tenant: string, key: string, request: object): RequestIdentity {
  return {
    id: `request#${tenant}#${createHash('sha256').update(key).digest('base64url')}`,
    content: createHmac('sha256', key).update(canonicalJson(request)).digest('base64url'),
  };
}

/** JSON with the members of every object in one order. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}
