import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { Sandbox } from '../../sandboxes/sandbox.ts';
import type { Call } from '../call.ts';
import { HttpProblem } from '../problem.ts';
import { guestPath } from './guest-path.ts';
import { userOfQuery } from './guest-user.ts';

/** `GET /files`: the content of a file, read inside the guest, as fast as the client takes it. */
export async function readFile({ guest }: Sandbox, { request, response, query }: Call): Promise<void> {
  const user = userOfQuery(query);
  const path = query.get('path');
  if (path === null || path === '') throw new HttpProblem(400, 'the query parameter "path" is missing');
  const { size, chunks } = await guest.readFile(guestPath(path, user), user);
  // Compressing costs the host more than the network between it and its clients: only for who insists.
  const isZipped = request.headers['accept-encoding'] === 'gzip';
  response.writeHead(200, {
    'content-type': 'application/octet-stream',
    vary: 'accept-encoding',
    ...(isZipped ? { 'content-encoding': 'gzip' } : { 'content-length': size }),
  });
  const whole = exactly(size, chunks);
  try {
    if (isZipped) await pipeline(whole, createGzip({ level: 1 }), response);
    else await pipeline(whole, response);
  } catch {
    // The client is gone, or the file is no longer what it was: an answer that is cut off says so.
    response.destroy();
  }
}

/** A file that grows or shrinks while it is read must not break the framing of the answer. */
async function* exactly(size: number, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let leftBytes = size;
  for await (const chunk of chunks) {
    const part = chunk.subarray(0, leftBytes);
    leftBytes -= part.length;
    if (part.length > 0) yield part;
    if (leftBytes === 0) return;
  }
  if (leftBytes > 0) throw new Error('the file became shorter while it was read');
}
