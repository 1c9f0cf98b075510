import type { IncomingMessage } from 'node:http';
import { posix } from 'node:path';
import { createGunzip } from 'node:zlib';
import type { GuestUser } from '../../guest/guest.ts';
import type { Sandbox } from '../../sandboxes/sandbox.ts';
import { answerJson, type Call } from '../call.ts';
import { HttpProblem } from '../problem.ts';
import { endedEarly, refuseAnnouncedSize, tooLarge } from '../read-body.ts';
import { guestPath } from './guest-path.ts';
import { userOfQuery } from './guest-user.ts';
import { boundaryOf, readParts } from './multipart.ts';

/** A request may carry this much, before and after decompression: no sandbox has a larger disk. */
export const maxUploadBytes = 128 * 1024 * 1024;

interface WrittenFile {
  name: string;
  type: 'file';
  path: string;
}

/** `POST /files`: one file as the body, or several as parts of a form. They pass through, none is held. */
export async function writeFiles(sandbox: Sandbox, call: Call): Promise<void> {
  const user = userOfQuery(call.query);
  refuseAnnouncedSize(call.request, maxUploadBytes);
  const contentType = call.request.headers['content-type'] ?? '';
  const body = limited(decoded(call), maxUploadBytes);
  const boundary = boundaryOf(contentType);
  if (boundary !== null)
    answerJson(call, 200, await writeParts(sandbox, call, user, readParts(body, boundary)));
  else if (contentType.startsWith('application/octet-stream'))
    answerJson(call, 200, [await write(sandbox, user, call.query.get('path'), body)]);
  else throw new HttpProblem(415, 'send multipart/form-data or application/octet-stream');
}

async function writeParts(
  sandbox: Sandbox,
  { query }: Call,
  user: GuestUser,
  parts: ReturnType<typeof readParts>,
): Promise<WrittenFile[]> {
  const written: WrittenFile[] = [];
  for await (const { name, filename, content } of parts) {
    if (name === 'file') written.push(await write(sandbox, user, query.get('path') ?? filename, content));
  }
  if (written.length === 0) throw new HttpProblem(400, 'the form has no part with the name "file"');
  return written;
}

async function write(
  { guest }: Sandbox,
  user: GuestUser,
  path: string | null,
  content: AsyncIterable<Uint8Array>,
): Promise<WrittenFile> {
  if (path === null || path === '') throw new HttpProblem(400, 'the path of the file is missing');
  const absolute = guestPath(path, user);
  await guest.writeFile(absolute, user, content);
  return { name: posix.basename(absolute), type: 'file', path: absolute };
}

/** The body without its compression. The connection must live on for the answer, whatever becomes of the body. */
function decoded({ request }: Call): AsyncIterable<Uint8Array> {
  const { 'content-encoding': encoding = 'identity' } = request.headers;
  if (encoding === 'identity') return request.iterator({ destroyOnReturn: false });
  if (encoding !== 'gzip') throw new HttpProblem(415, `the encoding ${encoding} is not supported`);
  return unzipped(request);
}

async function* unzipped(request: IncomingMessage): AsyncGenerator<Uint8Array> {
  const gunzip = request.pipe(createGunzip());
  request.once('close', () => {
    if (!request.complete) gunzip.destroy(endedEarly());
  });
  try {
    yield* gunzip;
  } catch (error) {
    if (isZlibError(error)) throw new HttpProblem(400, 'the body is not the gzip that it says to be');
    throw error;
  } finally {
    request.unpipe(gunzip);
    gunzip.destroy();
  }
}

function isZlibError(error: unknown): boolean {
  return String((error as NodeJS.ErrnoException).code).startsWith('Z_');
}

/** @throws HttpProblem 413, or 400 when the client is gone before the end */
async function* limited(body: AsyncIterable<Uint8Array>, maxBytes: number): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  try {
    for await (const chunk of body) {
      bytes += chunk.length;
      if (bytes > maxBytes) throw tooLarge(maxBytes);
      yield chunk;
    }
  } catch (error) {
    throw error instanceof HttpProblem ? error : endedEarly();
  }
}
