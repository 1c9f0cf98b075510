/** Random choices that a seed decides (mulberry32), so that a corpus is the same on every machine. */
export interface Random {
  /** An integer below `limit`. */
  below(limit: number): number;
  pick<Value>(values: readonly Value[]): Value;
  /** `length` characters out of an alphabet. */
  text(alphabet: string, length: number): string;
  bytes(length: number): Buffer;
}

/** What the lines around a key begin with: no file spells such a line out. */
export const dashes = '-----';

export const digits = '0123456789';
export const hex = `${digits}abcdef`;
export const lower = 'abcdefghijklmnopqrstuvwxyz';
export const upper = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
export const alphanumeric = digits + lower + upper;
export const base32 = `${upper}234567`;
export const base64 = `${alphanumeric}+/`;
export const urlSafe = `${alphanumeric}-_`;

export function createRandom(seed: number): Random {
  let state = seed;
  const fraction = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (limit: number) => Math.floor(fraction() * limit);
  return {
    below,
    pick: (values) => values[below(values.length)] as (typeof values)[number],
    text: (alphabet, length) => Array.from({ length }, () => alphabet[below(alphabet.length)]).join(''),
    bytes: (length) => Buffer.from(Array.from({ length }, () => below(256))),
  };
}
