import { PassThrough, type Readable } from 'node:stream';
import type { AgentListener } from './agent-channel.ts';
import { GuestError } from './guest.ts';

/** Files on their way out of a guest, by the id of the question for each. */
export interface FileReads extends Pick<AgentListener, 'chunk'> {
  open(id: number): Readable;
  /** The question was refused: nothing comes. */
  forget(id: number): void;
  /** The guest is gone: what is open ends with an error. */
  close(): void;
}

export function createFileReads(): FileReads {
  const open = new Map<number, PassThrough>();
  return {
    open(id) {
      const stream = new PassThrough();
      // Whoever reads it learns of an error; nobody has to.
      stream.on('error', () => {});
      open.set(id, stream);
      return stream;
    },
    forget: (id) => void open.delete(id),
    chunk(id, bytes, missing) {
      const stream = open.get(id);
      if (stream === undefined || stream.destroyed) {
        if (missing !== undefined) open.delete(id);
        return undefined;
      }
      if (missing === undefined) return stream.write(bytes) ? undefined : untilDrained(stream);
      open.delete(id);
      if (missing === 0) stream.end();
      else stream.destroy(new GuestError('internal', 'the file shrank while it was read'));
      return undefined;
    },
    close() {
      for (const stream of open.values()) stream.destroy(new GuestError('gone', 'the sandbox is gone'));
      open.clear();
    },
  };
}

/** Also resolves when the reader goes away: the rest is then read and dropped. */
function untilDrained(stream: PassThrough): Promise<void> {
  return new Promise((resolve) => {
    stream.once('drain', resolve);
    stream.once('close', resolve);
  });
}
