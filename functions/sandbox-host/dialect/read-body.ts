import type { IncomingMessage } from 'node:http';
import { HttpProblem } from './problem.ts';

/**
 * The whole body of a request that has to be small.
 *
 * @throws HttpProblem 413 when it is larger; 400 when the client is gone before its end
 */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  refuseAnnouncedSize(request, maxBytes);
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    // The connection must live on for the answer, also when this loop is left early.
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      bytes += chunk.length;
      if (bytes > maxBytes) throw tooLarge(maxBytes);
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof HttpProblem) throw error;
    throw endedEarly();
  }
  return Buffer.concat(chunks, bytes);
}

/** A body that says itself that it is too large is not waited for. */
export function refuseAnnouncedSize(request: IncomingMessage, maxBytes: number): void {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw tooLarge(maxBytes);
}

export function tooLarge(maxBytes: number): HttpProblem {
  return new HttpProblem(413, `the body is larger than ${maxBytes} bytes`);
}

export function endedEarly(): HttpProblem {
  return new HttpProblem(400, 'the request ended before its body did');
}
