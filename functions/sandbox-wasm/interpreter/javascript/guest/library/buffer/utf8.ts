const CHUNK_UNITS = 8_192;
const REPLACEMENT = 0xfffd;

/** The number of bytes the text takes in UTF-8; a lone surrogate counts as U+FFFD. */
export function utf8Length(text: string): number {
  let bytes = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit < 0x80) bytes += 1;
    else if (unit < 0x800) bytes += 2;
    else if (isPairAt(text, at, unit)) {
      bytes += 4;
      at++;
    } else bytes += 3;
  }
  return bytes;
}

/** Writes whole characters only, as many as fit; answers how many units were read and bytes written. */
export function writeUtf8(text: string, target: Uint8Array, offset = 0): { read: number; written: number } {
  let to = offset;
  let at = 0;
  for (; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit < 0x80) {
      if (to >= target.length) break;
      target[to++] = unit;
      continue;
    }
    const paired = isPairAt(text, at, unit);
    const size = unit < 0x800 ? 2 : paired ? 4 : 3;
    if (to + size > target.length) break;
    const code = paired ? (text.codePointAt(at) ?? 0) : isSurrogate(unit) ? REPLACEMENT : unit;
    to = writeCharacter(code, size, target, to);
    if (paired) at++;
  }
  return { read: at, written: to - offset };
}

export function encodeUtf8(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(utf8Length(text));
  writeUtf8(text, bytes);
  return bytes;
}

function isSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdfff;
}

function isPairAt(text: string, at: number, unit: number): boolean {
  if (unit < 0xd800 || unit > 0xdbff) return false;
  const next = text.charCodeAt(at + 1);
  return next >= 0xdc00 && next <= 0xdfff;
}

function writeCharacter(code: number, size: number, target: Uint8Array, at: number): number {
  const lead = size === 2 ? 0xc0 : size === 3 ? 0xe0 : 0xf0;
  target[at] = lead | (code >> (6 * (size - 1)));
  for (let left = size - 2; left >= 0; left--) {
    target[at + size - 1 - left] = 0x80 | ((code >> (6 * left)) & 0x3f);
  }
  return at + size;
}

/** What a malformed sequence does: stand as U+FFFD, or stop the decoding with undefined. */
export type Malformed = 'replace' | 'refuse';

/** Decodes by the WHATWG rules: each maximal malformed part is one U+FFFD. */
export function decodeUtf8(bytes: Uint8Array, malformed: Malformed = 'replace'): string | undefined {
  const chunks: string[] = [];
  let at = 0;
  while (at < bytes.length) {
    const start = at;
    const limit = Math.min(bytes.length, at + CHUNK_UNITS);
    while (at < limit && (bytes[at] ?? 0) < 0x80) at++;
    if (at > start) {
      // Plain ASCII goes over in one call; most text is nothing else.
      chunks.push(String.fromCharCode.apply(null, bytes.subarray(start, at) as unknown as number[]));
      continue;
    }
    const units: number[] = [];
    while (at < bytes.length && units.length < CHUNK_UNITS && (bytes[at] ?? 0) >= 0x80) {
      const lead = bytes[at] ?? 0;
      const size = characterSize(bytes, at, lead);
      if (size < 0 && malformed === 'refuse') return undefined;
      if (size < 0) units.push(REPLACEMENT);
      else pushCharacter(units, bytes, at, size);
      at += Math.abs(size);
    }
    chunks.push(String.fromCharCode.apply(null, units));
  }
  return chunks.join('');
}

/** How many bytes at the end begin a character that more bytes could finish. */
export function unfinishedTail(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const lead = bytes[bytes.length - back] ?? 0;
    if (lead >= 0xc2 && lead <= 0xf4) {
      const size = characterSize(bytes, bytes.length - back, lead);
      return size === -back && back < sequenceLength(lead) ? back : 0;
    }
    if (lead < 0x80) return 0;
  }
  return 0;
}

function sequenceLength(lead: number): number {
  return lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

/** The bytes of one multi-byte character, or minus the length of a malformed part (Unicode, table 3-7). */
function characterSize(bytes: Uint8Array, at: number, lead: number): number {
  if (lead < 0xc2 || lead > 0xf4) return -1;
  const length = sequenceLength(lead);
  // Overlong forms, surrogates and codes past U+10FFFF show in the second byte.
  const low = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
  const high = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
  const second = bytes[at + 1] ?? 0;
  if (second < low || second > high) return -1;
  for (let index = 2; index < length; index++) {
    if (((bytes[at + index] ?? 0) & 0xc0) !== 0x80) return -index;
  }
  return length;
}

function pushCharacter(units: number[], bytes: Uint8Array, at: number, size: number): void {
  let code = (bytes[at] ?? 0) & (0x7f >> size);
  for (let index = 1; index < size; index++) code = (code << 6) | ((bytes[at + index] ?? 0) & 0x3f);
  if (code > 0xffff) units.push(0xd7c0 + (code >> 10), 0xdc00 + (code & 0x3ff));
  else units.push(code);
}
