const standard = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const urlSafe = `${standard.slice(0, 62)}-_`;
const values = new Map([...standard, ...urlSafe].map((character, i) => [character.charCodeAt(0), i % 64]));

export function encodeBase64(bytes: Uint8Array, alphabet: 'standard' | 'url' = 'standard'): string {
  const digits = alphabet === 'url' ? urlSafe : standard;
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += 3) {
    const [a = 0, b, c] = [bytes[at], bytes[at + 1], bytes[at + 2]];
    const word = (a << 16) | ((b ?? 0) << 8) | (c ?? 0);
    parts.push(digits.charAt(word >> 18), digits.charAt((word >> 12) & 63));
    if (b !== undefined) parts.push(digits.charAt((word >> 6) & 63));
    if (c !== undefined) parts.push(digits.charAt(word & 63));
  }
  const padding = alphabet === 'url' ? '' : '='.repeat((3 - (bytes.length % 3)) % 3);
  return parts.join('') + padding;
}

/** Takes both alphabets and skips what is in neither, as Node's Buffer does. */
export function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(Math.ceil((text.length * 3) / 4));
  let length = 0;
  let word = 0;
  let bits = 0;
  for (let i = 0; i < text.length; i++) {
    const value = values.get(text.charCodeAt(i));
    if (text[i] === '=') break;
    if (value === undefined) continue;
    word = ((word << 6) | value) & 0xffffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[length++] = (word >> bits) & 0xff;
  }
  return bytes.slice(0, length);
}
