import { decodeUtf8, encodeUtf8 } from '../buffer/utf8.ts';

/** The sets of the URL Standard, section 1.3, as what they add to control and non-ASCII characters. */
export const FRAGMENT = ' "<>`';
export const QUERY = ' "#<>';
export const SPECIAL_QUERY = `${QUERY}'`;
export const PATH = `${QUERY}?^\`{}`;
export const USER_INFO = `${PATH}/:;=@[\\]|`;
export const CONTROL = '';

export function percentEncode(text: string, set: string): string {
  if (/^[\w./~-]*$/.test(text) && !set.includes('/')) return text;
  let encoded = '';
  for (const character of text.toWellFormed()) {
    const code = character.codePointAt(0) ?? 0;
    const plain = code > 0x1f && code < 0x7f && !set.includes(character);
    encoded += plain ? character : percentBytes(character);
  }
  return encoded;
}

function percentBytes(character: string): string {
  return Array.from(
    encodeUtf8(character),
    (byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`,
  ).join('');
}

/** Escapes that are no two hexadecimal digits stay as they are; malformed UTF-8 becomes U+FFFD. */
export function percentDecode(text: string): string {
  if (!text.includes('%')) return text;
  const bytes = encodeUtf8(text);
  const decoded = new Uint8Array(bytes.length);
  let length = 0;
  for (let at = 0; at < bytes.length; at++) {
    const pair = bytes[at] === 0x25 ? String.fromCharCode(bytes[at + 1] ?? 0, bytes[at + 2] ?? 0) : '';
    const isEscape = /^[0-9a-f]{2}$/i.test(pair);
    decoded[length++] = isEscape ? Number.parseInt(pair, 16) : (bytes[at] ?? 0);
    if (isEscape) at += 2;
  }
  return decodeUtf8(decoded.subarray(0, length)) ?? '';
}

/** The bytes of application/x-www-form-urlencoded that stay: letters, digits and `*-._`. */
export function formEncode(text: string): string {
  return text
    .toWellFormed()
    .replace(/[^A-Za-z0-9*\-._ ]/gu, percentBytes)
    .replaceAll(' ', '+');
}

export function formDecode(text: string): string {
  return percentDecode(text.replaceAll('+', ' '));
}
