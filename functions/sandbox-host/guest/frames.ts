import { once } from 'node:events';
import type { Writable } from 'node:stream';

/**
 * A message between the host and the agent in the guest: a length, a header's length (4 bytes each, big-endian), the
 * header as JSON and bytes.
 */
export interface Frame {
  readonly header: unknown;
  readonly payload: Buffer;
}

/** The agent's limit, and so ours: what it sends is cut into much smaller pieces. */
const maxFrameBytes = 2 * 1024 * 1024;

/** Writes a frame; resolves when the pipe takes more. */
export async function writeFrame(
  sink: Writable,
  header: object,
  payload: Uint8Array = new Uint8Array(0),
): Promise<void> {
  const head = Buffer.from(JSON.stringify(header));
  const lengths = Buffer.alloc(8);
  lengths.writeUInt32BE(4 + head.length + payload.length, 0);
  lengths.writeUInt32BE(head.length, 4);
  if (!sink.write(Buffer.concat([lengths, head, payload]))) await once(sink, 'drain');
}

/**
 * Cuts a stream of bytes into frames. What comes from a guest is not to be trusted.
 *
 * @throws Error when it can't be a frame, from the function that takes the bytes
 */
export function createFrameReader(): (bytes: Buffer) => Frame[] {
  let rest: Buffer = Buffer.alloc(0);
  return (bytes) => {
    rest = rest.length === 0 ? bytes : Buffer.concat([rest, bytes]);
    const frames: Frame[] = [];
    while (rest.length >= 8) {
      const size = rest.readUInt32BE(0);
      const headBytes = rest.readUInt32BE(4);
      if (size > maxFrameBytes || headBytes + 4 > size) throw new Error('the guest sent no frame');
      if (rest.length < 4 + size) break;
      const header: unknown = JSON.parse(rest.toString('utf8', 8, 8 + headBytes));
      frames.push({ header, payload: rest.subarray(8 + headBytes, 4 + size) });
      rest = rest.subarray(4 + size);
    }
    return frames;
  };
}
