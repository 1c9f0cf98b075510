import { invalidType, nodeError } from '../errors/node-error.ts';
import { Buffer } from './buffer.ts';
import { EventEmitter } from './events.ts';
import { process } from './process.ts';

/** A writable stream whose writes are done at once: standard output, or a file. */
export class OutputStream extends EventEmitter {
  readonly #write: (chunk: string | Uint8Array) => void;
  readonly fd: number | null;
  writable = true;

  constructor(write: (chunk: string | Uint8Array) => void, fd: number | null = null) {
    super();
    this.#write = write;
    this.fd = fd;
  }

  write(chunk: unknown, encoding?: unknown, callback?: unknown): boolean {
    if (chunk === null) {
      throw nodeError('ERR_STREAM_NULL_VALUES', 'May not write null values to stream', TypeError);
    }
    const isText = typeof chunk === 'string';
    if (!isText && !(chunk instanceof Uint8Array)) {
      throw invalidType('chunk', 'of type string or an instance of Buffer, TypedArray, or DataView', chunk);
    }
    const isPlain = typeof encoding !== 'string' || /^utf-?8$/i.test(encoding);
    this.#write(isText && !isPlain ? Buffer.from(chunk, encoding) : chunk);
    const done = typeof encoding === 'function' ? encoding : callback;
    if (typeof done === 'function') process.nextTick(done as () => void);
    return true;
  }

  end(chunk?: unknown, encoding?: unknown, callback?: unknown): this {
    const done = [chunk, encoding, callback].find((item) => typeof item === 'function');
    const hasChunk = chunk !== undefined && chunk !== null && typeof chunk !== 'function';
    if (hasChunk) this.write(chunk, typeof encoding === 'string' ? encoding : undefined);
    this.writable = false;
    process.nextTick(() => {
      this.emit('finish');
      this.emit('close');
      if (typeof done === 'function') done();
    });
    return this;
  }

  cork(): void {}

  uncork(): void {}

  destroy(): this {
    this.writable = false;
    return this;
  }
}
