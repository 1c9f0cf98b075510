import { padded, wordBytes } from './padding.ts';
import { primeRoots } from './prime-roots.ts';

function rotateRight(word: number, bits: number): number {
  return (word >>> bits) | (word << (32 - bits));
}

/** FIPS 180-4, section 6.2. */
export function sha256(message: Uint8Array): Uint8Array<ArrayBuffer> {
  const { squares, cubes } = primeRoots();
  const view = padded(message, 64, 'big');
  const state = squares.filter((_, at) => at % 2 === 0);
  const constants = cubes.filter((_, at) => at % 2 === 0);
  const schedule = new Int32Array(64);
  for (let block = 0; block < view.byteLength; block += 64) {
    expand(view, block, schedule);
    mixBlock(schedule, constants, state);
  }
  return wordBytes(state, 'big');
}

function expand(view: DataView, block: number, schedule: Int32Array): void {
  for (let at = 0; at < 16; at++) schedule[at] = view.getInt32(block + at * 4);
  for (let at = 16; at < 64; at++) {
    const early = schedule[at - 15] ?? 0;
    const late = schedule[at - 2] ?? 0;
    const s0 = rotateRight(early, 7) ^ rotateRight(early, 18) ^ (early >>> 3);
    const s1 = rotateRight(late, 17) ^ rotateRight(late, 19) ^ (late >>> 10);
    schedule[at] = (schedule[at - 16] ?? 0) + s0 + (schedule[at - 7] ?? 0) + s1;
  }
}

function mixBlock(schedule: Int32Array, constants: Int32Array, state: Int32Array): void {
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
  for (let step = 0; step < 64; step++) {
    const s1 = rotateRight(e, 6) ^ rotateRight(e, 11) ^ rotateRight(e, 25);
    const first = (h + s1 + (g ^ (e & (f ^ g))) + (constants[step] ?? 0) + (schedule[step] ?? 0)) | 0;
    const s0 = rotateRight(a, 2) ^ rotateRight(a, 13) ^ rotateRight(a, 22);
    const second = (s0 + ((a & b) | (c & (a | b)))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + first) | 0;
    d = c;
    c = b;
    b = a;
    a = (first + second) | 0;
  }
  [a, b, c, d, e, f, g, h].forEach((word, at) => {
    state[at] = (state[at] ?? 0) + word;
  });
}
