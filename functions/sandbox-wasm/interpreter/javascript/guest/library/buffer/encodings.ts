import { codedError } from '../coded-error.ts';
import { fromBase64, toBase64, toBase64Url } from './base64.ts';
import { decodeUtf8, encodeUtf8 } from './utf8.ts';

export type Encoding = 'utf8' | 'hex' | 'base64' | 'base64url' | 'latin1' | 'ascii' | 'utf16le';

/** Every spelling Node takes, in lower case. */
const SPELLINGS: Record<string, Encoding> = {
  utf8: 'utf8',
  'utf-8': 'utf8',
  hex: 'hex',
  base64: 'base64',
  base64url: 'base64url',
  latin1: 'latin1',
  binary: 'latin1',
  ascii: 'ascii',
  utf16le: 'utf16le',
  'utf-16le': 'utf16le',
  ucs2: 'utf16le',
  'ucs-2': 'utf16le',
};

export function isEncoding(name: unknown): boolean {
  return typeof name === 'string' && Object.hasOwn(SPELLINGS, name.toLowerCase());
}

/** The encoding of that name, UTF-8 when none is given; throws ERR_UNKNOWN_ENCODING. */
export function encodingNamed(name: unknown): Encoding {
  if (name === undefined || name === null || name === '') return 'utf8';
  const found = isEncoding(name) ? SPELLINGS[String(name).toLowerCase()] : undefined;
  if (found !== undefined) return found;
  throw codedError(TypeError, 'ERR_UNKNOWN_ENCODING', `Unknown encoding: ${String(name)}`);
}

export function encodeText(text: string, encoding: Encoding): Uint8Array<ArrayBuffer> {
  switch (encoding) {
    case 'utf8':
      return encodeUtf8(text);
    case 'hex':
      return fromHex(text);
    case 'base64':
    case 'base64url':
      return fromBase64(text);
    case 'latin1':
    case 'ascii':
      return Uint8Array.from({ length: text.length }, (_, at) => text.charCodeAt(at) & 0xff);
    case 'utf16le':
      return fromUtf16(text);
    default:
      return encoding satisfies never;
  }
}

export function decodeBytes(bytes: Uint8Array, encoding: Encoding): string {
  switch (encoding) {
    case 'utf8':
      return decodeUtf8(bytes) ?? '';
    case 'hex':
      return toHex(bytes);
    case 'base64':
      return toBase64(bytes);
    case 'base64url':
      return toBase64Url(bytes);
    case 'latin1':
      return toText(bytes, 0xff);
    case 'ascii':
      return toText(bytes, 0x7f);
    case 'utf16le':
      return toUtf16(bytes);
    default:
      return encoding satisfies never;
  }
}

/** Stops at the first pair that is no byte, and leaves out a lone last digit, like Node. */
function fromHex(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length >> 1);
  for (let at = 0; at < bytes.length; at++) {
    const byte = nibble(text.charCodeAt(at * 2)) * 16 + nibble(text.charCodeAt(at * 2 + 1));
    if (Number.isNaN(byte)) return bytes.slice(0, at);
    bytes[at] = byte;
  }
  return bytes;
}

function nibble(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const letter = code | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : Number.NaN;
}

function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => (byte < 16 ? '0' : '') + byte.toString(16)).join('');
}

const CHUNK_BYTES = 8_192;

function toText(bytes: Uint8Array, mask: number): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
    const codes = Array.from(bytes.subarray(at, at + CHUNK_BYTES), (byte) => byte & mask);
    text += String.fromCharCode.apply(null, codes);
  }
  return text;
}

function fromUtf16(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length * 2);
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    bytes[at * 2] = unit & 0xff;
    bytes[at * 2 + 1] = unit >> 8;
  }
  return bytes;
}

/** A lone last byte is left out. */
export function toUtf16(bytes: Uint8Array): string {
  let text = '';
  const whole = bytes.length & ~1;
  for (let at = 0; at < whole; at += CHUNK_BYTES) {
    const units: number[] = [];
    const end = Math.min(at + CHUNK_BYTES, whole);
    for (let byte = at; byte < end; byte += 2) units.push((bytes[byte] ?? 0) | ((bytes[byte + 1] ?? 0) << 8));
    text += String.fromCharCode.apply(null, units);
  }
  return text;
}

export function toLatin1(bytes: Uint8Array): string {
  return toText(bytes, 0xff);
}
