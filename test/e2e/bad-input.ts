import { badAdminInputs } from './bad-input/admin.ts';
import type { BadInput, KeyKind, OddInput } from './bad-input/bad-input.ts';
import { badBodies } from './bad-input/bodies.ts';
import { badFields } from './bad-input/fields.ts';
import { badFiles } from './bad-input/files.ts';
import { badLimits } from './bad-input/limits.ts';
import { badKeys, badRoutes } from './bad-input/routes.ts';
import { unavailableInputs } from './bad-input/unavailable.ts';

/** Every request that must be refused, with the problem to expect. Names are unique. */
export const badInputs: readonly BadInput[] = [
  ...badBodies,
  ...badFields,
  ...badLimits,
  ...badFiles,
  ...unavailableInputs,
  ...badRoutes,
  ...badKeys,
  ...badAdminInputs,
];

/** What to give `fetch` for an input, with the keys of the service under test. */
export function toFetchOptions(
  { method, as = 'execute', authorization, headers = {}, body }: BadInput | OddInput,
  keys: Readonly<Record<KeyKind, string>>,
): RequestInit {
  const key = keys[as];
  const all: Record<string, string | null> = {
    ...(body !== undefined && { 'content-type': 'application/json' }),
    authorization: authorizationHeader(authorization, key),
    ...headers,
  };
  const sent = Object.entries(all).filter((header): header is [string, string] => header[1] !== null);
  // As bytes, because fetch adds a content type to text.
  return { method, headers: sent, ...(body !== undefined && { body: Buffer.from(body) }) };
}

function authorizationHeader(authorization: BadInput['authorization'], key: string): string | null {
  if (authorization === undefined) return `Bearer ${key}`;
  return typeof authorization === 'function' ? authorization(key) : authorization;
}
