import { padded, rotateLeft, wordBytes } from './padding.ts';

const SHIFTS = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21];

let sines: Int32Array | undefined;

/** RFC 1321. */
export function md5(message: Uint8Array): Uint8Array<ArrayBuffer> {
  sines ??= Int32Array.from({ length: 64 }, (_, step) => Math.floor(Math.abs(Math.sin(step + 1)) * 2 ** 32));
  const view = padded(message, 64, 'little');
  const state = Int32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476);
  for (let block = 0; block < view.byteLength; block += 64) mixBlock(view, block, state, sines);
  return wordBytes(state, 'little');
}

function mixBlock(view: DataView, block: number, state: Int32Array, table: Int32Array): void {
  let [a = 0, b = 0, c = 0, d = 0] = state;
  for (let step = 0; step < 64; step++) {
    const round = step >> 4;
    const mixed =
      round === 0
        ? d ^ (b & (c ^ d))
        : round === 1
          ? c ^ (d & (b ^ c))
          : round === 2
            ? b ^ c ^ d
            : c ^ (b | ~d);
    const word = round === 0 ? step : round === 1 ? 5 * step + 1 : round === 2 ? 3 * step + 5 : 7 * step;
    const sum = (a + mixed + (table[step] ?? 0) + view.getInt32(block + (word & 15) * 4, true)) | 0;
    a = d;
    d = c;
    c = b;
    b = (b + rotateLeft(sum, SHIFTS[round * 4 + (step & 3)] ?? 0)) | 0;
  }
  addTo(state, [a, b, c, d]);
}

function addTo(state: Int32Array, words: readonly number[]): void {
  words.forEach((word, at) => {
    state[at] = (state[at] ?? 0) + word;
  });
}
