import { nodeError } from '../errors/node-error.ts';
import { decodeBase64, encodeBase64 } from './base64.ts';
import { decodeUtf8, encodeUtf8 } from './utf8.ts';

interface Encoding {
  toBytes(text: string): Uint8Array<ArrayBuffer>;
  toText(bytes: Uint8Array): string;
}

const hexPair = /^[0-9a-f]{2}$/i;

const hex: Encoding = {
  toBytes(text) {
    const bytes: number[] = [];
    for (let at = 0; at + 1 < text.length; at += 2) {
      const pair = text.slice(at, at + 2);
      if (!hexPair.test(pair)) break;
      bytes.push(Number.parseInt(pair, 16));
    }
    return new Uint8Array(bytes);
  },
  toText: (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(''),
};

function narrow(mask: number): Encoding {
  return {
    toBytes: (text) => Uint8Array.from({ length: text.length }, (_, i) => text.charCodeAt(i)),
    toText: (bytes) => Array.from(bytes, (byte) => String.fromCharCode(byte & mask)).join(''),
  };
}

const utf16: Encoding = {
  toBytes(text) {
    const bytes = new Uint8Array(text.length * 2);
    for (let i = 0; i < text.length; i++) {
      bytes[2 * i] = text.charCodeAt(i) & 0xff;
      bytes[2 * i + 1] = text.charCodeAt(i) >> 8;
    }
    return bytes;
  },
  toText: (bytes) =>
    Array.from({ length: bytes.length >> 1 }, (_, i) =>
      String.fromCharCode((bytes[2 * i] ?? 0) | ((bytes[2 * i + 1] ?? 0) << 8)),
    ).join(''),
};

const utf8: Encoding = { toBytes: encodeUtf8, toText: (bytes) => decodeUtf8(bytes) };

const encodings: Record<string, Encoding> = {
  utf8,
  'utf-8': utf8,
  hex,
  base64: { toBytes: decodeBase64, toText: (bytes) => encodeBase64(bytes) },
  base64url: { toBytes: decodeBase64, toText: (bytes) => encodeBase64(bytes, 'url') },
  latin1: narrow(0xff),
  binary: narrow(0xff),
  ascii: narrow(0x7f),
  utf16le: utf16,
  'utf-16le': utf16,
  ucs2: utf16,
  'ucs-2': utf16,
};

export function isEncoding(name: unknown): boolean {
  return typeof name === 'string' && Object.hasOwn(encodings, name.toLowerCase());
}

function encodingOf(name: string | null | undefined): Encoding {
  const lower = String(name ?? 'utf8').toLowerCase();
  const encoding = Object.hasOwn(encodings, lower) ? encodings[lower] : undefined;
  if (encoding === undefined) throw nodeError('ERR_UNKNOWN_ENCODING', `Unknown encoding: ${String(name)}`, TypeError);
  return encoding;
}

export function toBytes(text: string, encoding?: string | null): Uint8Array<ArrayBuffer> {
  return encodingOf(encoding).toBytes(text);
}

export function toText(bytes: Uint8Array, encoding?: string | null): string {
  return encodingOf(encoding).toText(bytes);
}
