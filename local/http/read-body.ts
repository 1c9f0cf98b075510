import type { IncomingMessage } from 'node:http';

/** The body was longer than allowed; what was read of it is dropped. */
export class BodyTooLargeError extends Error {}

/** Reads a whole body, holding no more than `maxBytes` of it. The connection stays usable for an answer. */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw new BodyTooLargeError();
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw new BodyTooLargeError();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, bytes);
}
