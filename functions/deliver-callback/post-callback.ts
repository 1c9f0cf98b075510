import { lookup } from 'node:dns/promises';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { type CallbackTargets, isAdmittedAddress, urlProblem } from '../../shared/contract/callback-url.ts';

export interface Letter {
  url: string;
  headers: Readonly<Record<string, string>>;
  body: string;
}

/** Of `failed`, `reason` is a word for the log that nothing of the receiver's is in. */
export type PostResult = { kind: 'answered'; status: number } | { kind: 'failed'; reason: string };

/** Posts once. Never throws for what the receiver or the network does. */
export type PostCallback = (letter: Letter) => Promise<PostResult>;

export interface Address {
  address: string;
  family: number;
}

export interface PostOptions {
  targets: CallbackTargets;
  /** From the look-up of the name to the first line of the answer. */
  timeoutMs?: number;
  /** All addresses of a name. */
  resolve?: (hostname: string) => Promise<Address[]>;
}

const patienceMs = 10_000;

/**
 * Posts to hosts on the public internet alone. The host's addresses are looked up once; every one of them has to be
 * admitted, and the connection goes to these, whatever the name stands for a moment later. Redirects are not followed,
 * proxies not used, certificates checked. Of the answer only the status is read.
 */
export function createCallbackPost({
  targets,
  timeoutMs = patienceMs,
  resolve = (hostname) => lookup(hostname, { all: true }),
}: PostOptions): PostCallback {
  return async (letter) => {
    if (urlProblem(letter.url, targets) !== null) return closed;
    const signal = AbortSignal.timeout(timeoutMs);
    try {
      const addresses = await within(signal, addressesOf(new URL(letter.url), resolve));
      const isAdmitted = addresses.every(({ address }) => isAdmittedAddress(address, targets));
      if (addresses.length === 0 || !isAdmitted) return closed;
      return { kind: 'answered', status: await post(letter, addresses, signal) };
    } catch (error) {
      return { kind: 'failed', reason: signal.aborted ? 'timeout' : reasonOf(error) };
    }
  };
}

const closed: PostResult = { kind: 'failed', reason: 'address_not_public' };

async function addressesOf(
  { hostname }: URL,
  resolve: (hostname: string) => Promise<Address[]>,
): Promise<Address[]> {
  const literal = hostname.replace(/^\[|\]$/g, '');
  const family = isIP(literal);
  return family === 0 ? resolve(hostname) : [{ address: literal, family }];
}

/** A look-up can't be ended; whatever it says later is of no interest. */
function within<Value>(signal: AbortSignal, work: Promise<Value>): Promise<Value> {
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  return Promise.race([work, aborted]);
}

function post(
  { url, headers, body }: Letter,
  addresses: readonly Address[],
  signal: AbortSignal,
): Promise<number> {
  const request = url.startsWith('https:') ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const sent = request(url, {
      method: 'POST',
      headers: { ...headers, 'content-length': Buffer.byteLength(body) },
      agent: false,
      rejectUnauthorized: true,
      lookup: pinnedTo(addresses),
      signal,
    });
    sent.on('error', reject);
    sent.on('response', ({ statusCode = 0 }) => {
      resolve(statusCode);
      sent.destroy();
    });
    sent.end(body);
  });
}

/** Answers what was checked, in place of another look-up. */
function pinnedTo(addresses: readonly Address[]): LookupFunction {
  return (_hostname, { all }, callback) => {
    const [{ address, family } = { address: '', family: 0 }] = addresses;
    if (all) callback(null, [...addresses]);
    else callback(null, address, family);
  };
}

/** The system's code for it, such as `ECONNREFUSED` or `CERT_HAS_EXPIRED`; messages hold names and addresses. */
function reasonOf(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  return typeof code === 'string' ? code : 'unknown';
}
