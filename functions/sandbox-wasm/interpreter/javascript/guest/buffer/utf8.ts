const replacement = 0xfffd;
/** Characters put together at once; the engine bounds how many parameters a call takes. */
const batch = 4096;

export function encodeUtf8(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(utf8Length(text));
  let at = 0;
  for (let i = 0; i < text.length; i++) {
    const code = codePointAt(text, i);
    if (code < 0x80) bytes[at++] = code;
    else if (code < 0x800) {
      bytes[at++] = 0xc0 | (code >> 6);
      bytes[at++] = 0x80 | (code & 63);
    } else if (code < 0x10000) {
      bytes[at++] = 0xe0 | (code >> 12);
      bytes[at++] = 0x80 | ((code >> 6) & 63);
      bytes[at++] = 0x80 | (code & 63);
    } else {
      bytes[at++] = 0xf0 | (code >> 18);
      bytes[at++] = 0x80 | ((code >> 12) & 63);
      bytes[at++] = 0x80 | ((code >> 6) & 63);
      bytes[at++] = 0x80 | (code & 63);
      i++;
    }
  }
  return bytes;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII is all of them
const ascii = /^[\x00-\x7f]*$/;

export function utf8Length(text: string): number {
  if (ascii.test(text)) return text.length;
  let length = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x80) length += 1;
    else if (code < 0x800) length += 2;
    else if (codePointAt(text, i) < 0x10000) length += 3;
    else {
      length += 4;
      i++;
    }
  }
  return length;
}

/** The code point, or U+FFFD for half of a pair. */
function codePointAt(text: string, index: number): number {
  const code = text.codePointAt(index) ?? replacement;
  return code >= 0xd800 && code <= 0xdfff ? replacement : code;
}

/** Decodes as the WHATWG standard says: each maximal broken part becomes one U+FFFD, or an error when `fatal`. */
export function decodeUtf8(bytes: Uint8Array, fatal = false): string {
  const parts: string[] = [];
  let codes: number[] = [];
  for (let at = 0; at < bytes.length; ) {
    const { code, length } = decodeOne(bytes, at);
    if (code < 0 && fatal) throw new TypeError('The encoded data was not valid for encoding utf-8');
    codes.push(code < 0 ? replacement : code);
    at += length;
    if (codes.length === batch) {
      parts.push(String.fromCodePoint(...codes));
      codes = [];
    }
  }
  parts.push(String.fromCodePoint(...codes));
  return parts.join('');
}

/** Bytes at the end that begin a character which isn't complete. */
export function incompleteTail(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte < 0xc0) continue;
    const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    return needed > back ? back : 0;
  }
  return 0;
}

/** A negative code for a broken sequence of this length. */
function decodeOne(bytes: Uint8Array, at: number): { code: number; length: number } {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return { code: first, length: 1 };
  if (first < 0xc2 || first > 0xf4) return { code: -1, length: 1 };
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  let code = first & (0x7f >> length);
  for (let i = 1; i < length; i++) {
    const next = bytes[at + i];
    const least = i === 1 ? (first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80) : 0x80;
    const most = i === 1 ? (first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf) : 0xbf;
    if (next === undefined || next < least || next > most) return { code: -1, length: i };
    code = (code << 6) | (next & 63);
  }
  return { code, length };
}
