import { connect, type Socket } from 'node:net';

/** A connection that a test writes to byte by byte, as no HTTP client would. */
export interface RawConnection {
  readonly socket: Socket;
  send(bytes: string | Uint8Array): void;
  /** Everything received so far. */
  received(): string;
  /** Waits until what was received matches. Throws when the connection closes before. */
  until(pattern: RegExp): Promise<string>;
  /** Resolves with everything received when the host closes the connection. */
  closed: Promise<string>;
  /** Closes without a word, as a client does that crashed. */
  vanish(): Promise<void>;
}

export async function openRaw(port: number): Promise<RawConnection> {
  const socket = connect({ port, host: '127.0.0.1' });
  await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject));
  let text = '';
  socket.setEncoding('latin1');
  socket.on('data', (chunk: string) => {
    text += chunk;
  });
  socket.on('error', () => {});
  const closed = new Promise<string>((resolve) => socket.once('close', () => resolve(text)));
  return {
    socket,
    send: (bytes) => void socket.write(bytes),
    received: () => text,
    async until(pattern) {
      while (!pattern.test(text)) {
        const isOver = await Promise.race([
          closed.then(() => true),
          new Promise((resolve) => socket.once('data', () => resolve(false))),
        ]);
        if (isOver && !pattern.test(text)) throw new Error(`closed before ${pattern}: ${text.slice(0, 500)}`);
      }
      return text;
    },
    closed,
    async vanish() {
      socket.resetAndDestroy();
      await closed;
    },
  };
}

/** The head of a request and its body, if any. */
export function requestText(
  line: string,
  headers: Record<string, string | number> = {},
  body: string | Uint8Array = '',
): Buffer {
  const all = { host: 'host', ...(body.length > 0 && { 'content-length': body.length }), ...headers };
  const head = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([Buffer.from(`${line} HTTP/1.1\r\n${head.join('')}\r\n`), Buffer.from(body)]);
}

/** A frame of a Connect stream. */
export function frame(
  message: unknown,
  { flags = 0, length }: { flags?: number; length?: number } = {},
): Buffer {
  const body = Buffer.from(typeof message === 'string' ? message : JSON.stringify(message));
  const header = Buffer.alloc(5);
  header.writeUInt8(flags, 0);
  header.writeUInt32BE(length ?? body.length, 1);
  return Buffer.concat([header, body]);
}
