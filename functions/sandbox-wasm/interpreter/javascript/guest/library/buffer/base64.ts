const STANDARD = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const URL_SAFE = `${STANDARD.slice(0, 62)}-_`;

/** Six-bit values by character code, both alphabets at once; made on first use. */
let values: Int8Array | undefined;

function sextets(): Int8Array {
  if (values !== undefined) return values;
  const table = new Int8Array(128).fill(-1);
  for (let value = 0; value < 64; value++) {
    table[STANDARD.charCodeAt(value)] = value;
    table[URL_SAFE.charCodeAt(value)] = value;
  }
  values = table;
  return table;
}

export function toBase64(bytes: Uint8Array): string {
  const text = encode(bytes, STANDARD);
  return text + '='.repeat((4 - (text.length % 4)) % 4);
}

export function toBase64Url(bytes: Uint8Array): string {
  return encode(bytes, URL_SAFE);
}

function encode(bytes: Uint8Array, alphabet: string): string {
  const characters: string[] = [];
  for (let at = 0; at < bytes.length; at += 3) {
    const left = bytes.length - at;
    const bits = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    let group = alphabet.charAt(bits >> 18) + alphabet.charAt((bits >> 12) & 63);
    if (left > 1) group += alphabet.charAt((bits >> 6) & 63);
    if (left > 2) group += alphabet.charAt(bits & 63);
    characters.push(group);
  }
  return characters.join('');
}

/** Reads either alphabet, skips what belongs to neither and stops at the padding, like Node. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const table = sextets();
  const bytes = new Uint8Array(Math.ceil((text.length * 3) / 4));
  let written = 0;
  let bits = 0;
  let held = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x3d) break;
    const value = table[code] ?? -1;
    if (value < 0) continue;
    bits = ((bits << 6) | value) & 0xffff;
    held += 6;
    if (held >= 8) {
      held -= 8;
      bytes[written++] = (bits >> held) & 0xff;
    }
  }
  return bytes.slice(0, written);
}
