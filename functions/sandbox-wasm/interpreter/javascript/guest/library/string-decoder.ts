import { Buffer } from './buffer.ts';
import { TextDecoder } from './text-codec.ts';

/** How many bytes make a whole: what is left over waits for more. */
const groupBytes: Record<string, number> = { base64: 3, base64url: 3, utf16le: 2, ucs2: 2 };

/** `node:string_decoder`: text of bytes that come in pieces, no character split. */
export class StringDecoder {
  readonly encoding: string;
  readonly #utf8 = new TextDecoder('utf-8', { ignoreBOM: true });
  #rest = new Uint8Array(0);

  constructor(encoding = 'utf8') {
    this.encoding = encoding.toLowerCase().replace('utf-', 'utf');
  }

  write(piece: Uint8Array | string): string {
    if (typeof piece === 'string') return piece;
    if (this.encoding === 'utf8') return this.#utf8.decode(piece, { stream: true });
    const bytes = new Uint8Array(this.#rest.length + piece.length);
    bytes.set(this.#rest);
    bytes.set(piece, this.#rest.length);
    const whole = bytes.length - (bytes.length % (groupBytes[this.encoding] ?? 1));
    this.#rest = bytes.slice(whole);
    return Buffer.from(bytes.subarray(0, whole)).toString(this.encoding);
  }

  end(piece: Uint8Array = new Uint8Array(0)): string {
    const text = this.write(piece);
    if (this.encoding === 'utf8') return text + this.#utf8.decode();
    const rest = Buffer.from(this.#rest).toString(this.encoding);
    this.#rest = new Uint8Array(0);
    return text + rest;
  }
}
