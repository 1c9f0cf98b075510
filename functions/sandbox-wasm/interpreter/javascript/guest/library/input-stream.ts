import type { FileContent } from '../files/file-content.ts';
import { setImmediate } from '../run/immediates.ts';
import { Buffer } from './buffer.ts';
import { EventEmitter, type Listener } from './events.ts';

const chunkBytes = 65_536;

interface Sink {
  write(chunk: unknown): unknown;
  end?(): unknown;
}

/** A readable stream over content that is all there: standard input, or a file. */
export class InputStream extends EventEmitter {
  readonly #open: () => FileContent;
  #chunks: (Buffer | string)[] | null = null;
  #encoding: string | null = null;
  #isFlowing = false;
  #hasEnded = false;
  readonly fd: number | null;

  constructor(
    open: () => FileContent,
    { fd = null, encoding = null }: { fd?: number | null; encoding?: string | null } = {},
  ) {
    super();
    this.#open = open;
    this.#encoding = encoding;
    this.fd = fd;
  }

  get readable(): boolean {
    return !this.#hasEnded;
  }

  get readableEnded(): boolean {
    return this.#hasEnded;
  }

  setEncoding(encoding: string): this {
    this.#encoding = encoding;
    return this;
  }

  /** Text is one chunk, so that no character is ever split. */
  #load(): (Buffer | string)[] {
    if (this.#chunks !== null) return this.#chunks;
    const content = this.#open();
    const chunks: (Buffer | string)[] = [];
    if (this.#encoding !== null) {
      const text = /^utf-?8$/i.test(this.#encoding)
        ? content.text()
        : Buffer.from(content.bytes()).toString(this.#encoding);
      if (text !== '') chunks.push(text);
    } else {
      const bytes = content.bytes();
      for (let at = 0; at < bytes.length; at += chunkBytes)
        chunks.push(Buffer.from(bytes.subarray(at, at + chunkBytes)));
    }
    this.#chunks = chunks;
    return chunks;
  }

  override on(name: PropertyKey, listener: Listener): this {
    super.on(name, listener);
    if (name === 'data') this.resume();
    if (name === 'readable') setImmediate(() => this.#announce());
    return this;
  }

  #announce(): void {
    this.#attempt(() => {
      if (this.#load().length > 0) this.emit('readable');
      this.emit('readable');
      this.#end();
    });
  }

  resume(): this {
    if (!this.#isFlowing) {
      this.#isFlowing = true;
      setImmediate(() => this.#flow());
    }
    return this;
  }

  pause(): this {
    this.#isFlowing = false;
    return this;
  }

  isPaused(): boolean {
    return !this.#isFlowing;
  }

  #flow(): void {
    if (!this.#isFlowing || this.#hasEnded) return;
    this.#attempt(() => {
      const chunk = this.#load().shift();
      if (chunk === undefined) this.#end();
      else {
        this.emit('data', chunk);
        setImmediate(() => this.#flow());
      }
    });
  }

  #attempt(act: () => void): void {
    try {
      act();
    } catch (error) {
      if (this.#chunks !== null) throw error;
      this.#chunks = [];
      this.#hasEnded = true;
      this.emit('error', error);
    }
  }

  #end(): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.emit('end');
    this.emit('close');
  }

  read(): Buffer | string | null {
    return this.#load().shift() ?? null;
  }

  pipe<T extends Sink>(sink: T, { end = true }: { end?: boolean } = {}): T {
    this.on('data', (chunk) => sink.write(chunk));
    if (end) this.on('end', () => sink.end?.());
    return sink;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  destroy(): this {
    this.#chunks = [];
    this.#hasEnded = true;
    return this;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Buffer | string> {
    const chunks = this.#load();
    for (let chunk = chunks.shift(); chunk !== undefined; chunk = chunks.shift()) yield chunk;
    this.#end();
  }
}
