import { padded, rotateLeft, wordBytes } from './padding.ts';

/** FIPS 180-4, section 6.1. */
export function sha1(message: Uint8Array): Uint8Array<ArrayBuffer> {
  const view = padded(message, 64, 'big');
  const state = Int32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0);
  const schedule = new Int32Array(80);
  for (let block = 0; block < view.byteLength; block += 64) {
    for (let at = 0; at < 16; at++) schedule[at] = view.getInt32(block + at * 4);
    for (let at = 16; at < 80; at++) {
      const mixed =
        (schedule[at - 3] ?? 0) ^
        (schedule[at - 8] ?? 0) ^
        (schedule[at - 14] ?? 0) ^
        (schedule[at - 16] ?? 0);
      schedule[at] = rotateLeft(mixed, 1);
    }
    mixBlock(schedule, state);
  }
  return wordBytes(state, 'big');
}

function mixBlock(schedule: Int32Array, state: Int32Array): void {
  let [a = 0, b = 0, c = 0, d = 0, e = 0] = state;
  for (let step = 0; step < 80; step++) {
    const [mixed, constant] =
      step < 20
        ? [d ^ (b & (c ^ d)), 0x5a827999]
        : step < 40
          ? [b ^ c ^ d, 0x6ed9eba1]
          : step < 60
            ? [(b & c) | (d & (b | c)), 0x8f1bbcdc]
            : [b ^ c ^ d, 0xca62c1d6];
    const next = (rotateLeft(a, 5) + mixed + e + constant + (schedule[step] ?? 0)) | 0;
    e = d;
    d = c;
    c = rotateLeft(b, 30);
    b = a;
    a = next;
  }
  [a, b, c, d, e].forEach((word, at) => {
    state[at] = (state[at] ?? 0) + word;
  });
}
