import { toLatin1, toUtf16 } from './buffer/encodings.ts';
import { decodeUtf8, encodeUtf8, unfinishedTail, writeUtf8 } from './buffer/utf8.ts';
import { codedError } from './coded-error.ts';

/** UTF-8 only, as the Encoding Standard has it. */
export class TextEncoder {
  get encoding(): string {
    return 'utf-8';
  }

  encode(text: unknown = ''): Uint8Array<ArrayBuffer> {
    return encodeUtf8(String(text));
  }

  encodeInto(text: unknown, target: Uint8Array): { read: number; written: number } {
    return writeUtf8(String(text), target);
  }
}

const LABELS: Record<string, 'utf-8' | 'utf-16le' | 'latin1'> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  'unicode-1-1-utf-8': 'utf-8',
  'utf-16le': 'utf-16le',
  'utf-16': 'utf-16le',
  ucs2: 'utf-16le',
  'ucs-2': 'utf-16le',
  latin1: 'latin1',
  'iso-8859-1': 'latin1',
  ascii: 'latin1',
  'us-ascii': 'latin1',
  'windows-1252': 'latin1',
};

/** Latin-1 here maps byte to code point: windows-1252's printable characters at 0x80–0x9f are not mapped. */
export class TextDecoder {
  readonly encoding: string;
  readonly fatal: boolean;
  readonly ignoreBOM: boolean;
  #kept: Uint8Array = new Uint8Array(0);
  #started = false;

  constructor(label: unknown = 'utf-8', options: { fatal?: boolean; ignoreBOM?: boolean } = {}) {
    const name = LABELS[String(label).trim().toLowerCase()];
    if (name === undefined) {
      const message = `The "${String(label)}" encoding is not supported`;
      throw codedError(RangeError, 'ERR_ENCODING_NOT_SUPPORTED', message);
    }
    this.encoding = name === 'latin1' ? 'windows-1252' : name;
    this.fatal = Boolean(options?.fatal);
    this.ignoreBOM = Boolean(options?.ignoreBOM);
  }

  /** With `stream`, the bytes of a character that isn't complete wait for the next call. */
  decode(input?: ArrayBuffer | ArrayBufferView, options: { stream?: boolean } = {}): string {
    const stream = Boolean(options?.stream);
    const bytes = this.#take(input === undefined ? new Uint8Array(0) : bytesOf(input), stream);
    const text = this.#decodeWhole(bytes);
    const unmarked = !this.#started && !this.ignoreBOM && text.startsWith('\ufeff') ? text.slice(1) : text;
    this.#started = stream && (this.#started || text !== '');
    return unmarked;
  }

  #take(next: Uint8Array, stream: boolean): Uint8Array {
    const bytes = this.#kept.length === 0 ? next : joined(this.#kept, next);
    const held = stream ? this.#unfinished(bytes) : 0;
    this.#kept = bytes.slice(bytes.length - held);
    return bytes.subarray(0, bytes.length - held);
  }

  #unfinished(bytes: Uint8Array): number {
    if (this.encoding === 'utf-8') return unfinishedTail(bytes);
    return this.encoding === 'utf-16le' ? bytes.length % 2 : 0;
  }

  #decodeWhole(bytes: Uint8Array): string {
    if (this.encoding === 'windows-1252') return toLatin1(bytes);
    if (this.encoding === 'utf-16le') {
      const text = toUtf16(bytes);
      const lost = bytes.length % 2 === 1;
      if (this.fatal && (lost || !text.isWellFormed())) throw malformed(this.encoding);
      // A lone last byte after half a pair is part of the same broken character.
      const broken = text.slice(-1).charCodeAt(0) >> 10 === 0xd800 >> 10;
      return text.toWellFormed() + (lost && !broken ? '\ufffd' : '');
    }
    const text = decodeUtf8(bytes, this.fatal ? 'refuse' : 'replace');
    if (text === undefined) throw malformed(this.encoding);
    return text;
  }
}

function malformed(encoding: string): TypeError {
  const message = `The encoded data was not valid for encoding ${encoding}`;
  return codedError(TypeError, 'ERR_ENCODING_INVALID_ENCODED_DATA', message);
}

function bytesOf(input: ArrayBuffer | ArrayBufferView): Uint8Array {
  if (ArrayBuffer.isView(input)) return new Uint8Array(input.buffer, input.byteOffset, input.byteLength);
  return new Uint8Array(input);
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const whole = new Uint8Array(first.length + second.length);
  whole.set(first);
  whole.set(second, first.length);
  return whole;
}
