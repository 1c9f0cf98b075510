import { DOMException } from '../dom-exception.ts';
import { fromBase64, toBase64 } from './base64.ts';
import { decodeBytes, encodeText } from './encodings.ts';

/** Base64 to a string of bytes; throws on what is no base64, unlike `Buffer.from`. */
export function atob(input: unknown): string {
  const text = String(input).replace(/[\t\n\f\r ]+/g, '');
  const body = text.length % 4 === 0 ? text.replace(/={1,2}$/, '') : text;
  if (body.length % 4 === 1 || /[^A-Za-z0-9+/]/.test(body)) {
    throw invalidCharacter('The string to be decoded is not correctly encoded.');
  }
  return decodeBytes(fromBase64(body), 'latin1');
}

/** A string of bytes to base64; throws on characters above U+00FF. */
export function btoa(input: unknown): string {
  const text = String(input);
  if (/[^\0-\xff]/.test(text)) throw invalidCharacter('Invalid character');
  return toBase64(encodeText(text, 'latin1'));
}

function invalidCharacter(message: string): Error {
  return new DOMException(message, 'InvalidCharacterError');
}
