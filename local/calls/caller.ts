import type { IncomingHttpHeaders } from 'node:http';

/** A caller is known by its access key id; functions get one made of their logical id. */
const PREFIX = 'LOCAL';

export const accessKeyIdOf = (caller: string): string => `${PREFIX}${caller}`;

/** Who signed a request: the logical id of a function, or `outside` for any other client. */
export function callerOf(headers: IncomingHttpHeaders): string {
  const key = /Credential=([^/,\s]+)\//.exec(headers.authorization ?? '')?.[1];
  return key?.startsWith(PREFIX) ? key.slice(PREFIX.length) : 'outside';
}
