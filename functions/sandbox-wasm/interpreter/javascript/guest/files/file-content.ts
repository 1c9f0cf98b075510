import { decodeUtf8, encodeUtf8, utf8Length } from '../library/buffer/utf8.ts';

/**
 * What a file holds: text or bytes, as it came, and turned into the other only when asked for. Most files are
 * written and read as text, which the engine has natively and bytes not.
 */
export class FileContent {
  #text: string | null;
  #bytes: Uint8Array<ArrayBuffer> | null;
  readonly size: number;

  private constructor(text: string | null, bytes: Uint8Array<ArrayBuffer> | null, size: number) {
    this.#text = text;
    this.#bytes = bytes;
    this.size = size;
  }

  static ofText(text: string): FileContent {
    return new FileContent(text, null, utf8Length(text));
  }

  /** Keeps a copy. */
  static ofBytes(bytes: Uint8Array): FileContent {
    return new FileContent(null, new Uint8Array(bytes), bytes.length);
  }

  text(): string {
    this.#text ??= decodeUtf8(this.bytes()) ?? '';
    return this.#text;
  }

  /** Not to be changed. */
  bytes(): Uint8Array<ArrayBuffer> {
    this.#bytes ??= encodeUtf8(this.#text ?? '');
    return this.#bytes;
  }

  append(more: FileContent): FileContent {
    if (this.#text !== null && more.#text !== null) {
      return new FileContent(this.#text + more.#text, null, this.size + more.size);
    }
    const bytes = new Uint8Array(this.size + more.size);
    bytes.set(this.bytes());
    bytes.set(more.bytes(), this.size);
    return new FileContent(null, bytes, bytes.length);
  }
}
