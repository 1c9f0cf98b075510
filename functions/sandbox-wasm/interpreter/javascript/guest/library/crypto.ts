import { host } from '../host.ts';
import { Buffer } from './buffer.ts';
import { codedError } from './coded-error.ts';
import { createHash, createHmac, getHashes } from './hashes.ts';

const longestRandom = 65_536;

function fillRandom(bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) {
    const pool = new Uint8Array(host.randomBytes());
    const part = pool.subarray(0, bytes.length - at);
    if (part.length === 0) throw new Error('there is no randomness');
    bytes.set(part, at);
    at += part.length;
  }
}

/** Random numbers of the host, for what must not be guessed. `Math.random` is the engine's own. */
function getRandomValues<View extends ArrayBufferView>(view: View): View {
  if (view.byteLength > longestRandom) throw new RangeError('getRandomValues takes at most 65536 bytes');
  fillRandom(new Uint8Array(view.buffer, view.byteOffset, view.byteLength));
  return view;
}

function randomUUID(): string {
  const bytes = getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Buffer.from(bytes).toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

function randomBytes(size: number): Buffer {
  const bytes = Buffer.alloc(size);
  fillRandom(bytes);
  return bytes;
}

/** Unbiased: numbers that fall into an incomplete last range are drawn again. */
function randomInt(first: number, second?: number): number {
  const [low, high] = second === undefined ? [0, first] : [first, second];
  const range = high - low;
  if (!Number.isSafeInteger(range) || range <= 0)
    throw new RangeError('randomInt needs min < max, as safe integers');
  const limit = Math.floor(2 ** 48 / range) * range;
  for (;;) {
    const value = randomBytes(6).reduce((sum, byte) => sum * 256 + byte, 0);
    if (value < limit) return low + (value % range);
  }
}

function timingSafeEqual(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length)
    throw codedError(
      RangeError,
      'ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH',
      'Input buffers must have the same byte length',
    );
  let difference = 0;
  for (let at = 0; at < a.length; at += 1) difference |= (a[at] ?? 0) ^ (b[at] ?? 0);
  return difference === 0;
}

/** The global `crypto`. */
export const crypto = { getRandomValues, randomUUID };

/** The module `crypto`: hashes and randomness. */
export const cryptoModule = {
  createHash,
  createHmac,
  getHashes,
  getRandomValues,
  randomBytes,
  randomInt,
  randomUUID,
  timingSafeEqual,
  webcrypto: crypto,
};
