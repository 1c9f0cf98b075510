import { padded, wordBytes } from './padding.ts';
import { primeRoots } from './prime-roots.ts';

/**
 * 64-bit words as BigInt: a few times slower than pairs of 32-bit words, but short enough to check by eye.
 */
const MASK = (1n << 64n) - 1n;

function rotateRight(word: bigint, bits: bigint): bigint {
  return (word >> bits) | ((word << (64n - bits)) & MASK);
}

/** FIPS 180-4, section 6.4. */
export function sha512(message: Uint8Array): Uint8Array<ArrayBuffer> {
  const { squares, cubes } = primeRoots();
  const view = padded(message, 128, 'big');
  const constants = joined(cubes);
  let state = joined(squares);
  for (let block = 0; block < view.byteLength; block += 128)
    state = mixBlock(expand(view, block), constants, state);
  return wordBytes(
    state.flatMap((word) => [Number(word >> 32n) | 0, Number(word & 0xffffffffn) | 0]),
    'big',
  );
}

function joined(words: Int32Array): bigint[] {
  return Array.from({ length: words.length / 2 }, (_, at) => {
    const [high, low] = [words[at * 2] ?? 0, words[at * 2 + 1] ?? 0];
    return (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0);
  });
}

function expand(view: DataView, block: number): bigint[] {
  const schedule: bigint[] = [];
  for (let at = 0; at < 16; at++) schedule.push(view.getBigUint64(block + at * 8));
  for (let at = 16; at < 80; at++) {
    const early = schedule[at - 15] ?? 0n;
    const late = schedule[at - 2] ?? 0n;
    const s0 = rotateRight(early, 1n) ^ rotateRight(early, 8n) ^ (early >> 7n);
    const s1 = rotateRight(late, 19n) ^ rotateRight(late, 61n) ^ (late >> 6n);
    schedule.push(((schedule[at - 16] ?? 0n) + s0 + (schedule[at - 7] ?? 0n) + s1) & MASK);
  }
  return schedule;
}

function mixBlock(schedule: bigint[], constants: bigint[], state: bigint[]): bigint[] {
  let [a = 0n, b = 0n, c = 0n, d = 0n, e = 0n, f = 0n, g = 0n, h = 0n] = state;
  for (let step = 0; step < 80; step++) {
    const s1 = rotateRight(e, 14n) ^ rotateRight(e, 18n) ^ rotateRight(e, 41n);
    const first = h + s1 + (g ^ (e & (f ^ g))) + (constants[step] ?? 0n) + (schedule[step] ?? 0n);
    const s0 = rotateRight(a, 28n) ^ rotateRight(a, 34n) ^ rotateRight(a, 39n);
    const second = s0 + ((a & b) | (c & (a | b)));
    h = g;
    g = f;
    f = e;
    e = (d + first) & MASK;
    d = c;
    c = b;
    b = a;
    a = (first + second) & MASK;
  }
  return [a, b, c, d, e, f, g, h].map((word, at) => (word + (state[at] ?? 0n)) & MASK);
}
