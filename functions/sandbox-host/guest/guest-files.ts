import * as z from 'zod';
import type { AgentConnection } from './agent-connection.ts';
import { ForeignFrame } from './frames.ts';
import { type GuestEntry, GuestError, type GuestFile, type GuestUser } from './guest.ts';
import { entriesSchema, entrySchema, openedSchema, readReply } from './replies.ts';
import { createWindow, encodeRoom } from './window.ts';

/** The agent lists ten thousand entries at most, two hundred at once. */
const maxPieces = 100;
const uploadChunkBytes = 256 * 1024;

/** A request that is answered by pieces, and by its end. */
async function ask<T>(
  agent: AgentConnection,
  request: Record<string, unknown>,
  schema: z.ZodType<T>,
): Promise<T[]> {
  const pieces: T[] = [];
  const call = agent.call(request, (kind, payload) => {
    if (kind === 'z') return;
    if (kind !== 'r' || pieces.length === maxPieces) throw new ForeignFrame(`"${kind}" of a file operation`);
    pieces.push(readReply(schema, payload));
  });
  await call.ended;
  return pieces;
}

/** @throws GuestError */
export async function askForEntry(
  agent: AgentConnection,
  request: Record<string, unknown>,
): Promise<GuestEntry> {
  const [entry] = await ask(agent, request, entrySchema);
  if (entry === undefined) throw new GuestError('internal', 'the guest named no entry');
  return entry;
}

/** @throws GuestError */
export async function askForEntries(
  agent: AgentConnection,
  request: Record<string, unknown>,
): Promise<GuestEntry[]> {
  return (await ask(agent, request, entriesSchema)).flat();
}

/** @throws GuestError */
export async function askForEnd(agent: AgentConnection, request: Record<string, unknown>): Promise<void> {
  await ask(agent, request, z.never());
}

/** @throws GuestError, also while the content is read */
export async function readGuestFile(
  agent: AgentConnection,
  path: string,
  user: GuestUser,
): Promise<GuestFile> {
  const opened = Promise.withResolvers<number>();
  const chunks: Buffer[] = [];
  const window = createWindow((bytes) => void call.send('w', encodeRoom(bytes)).catch(() => {}));
  let wake = Promise.withResolvers<void>();
  let isOver = false;
  const call = agent.call({ op: 'read', path, user }, (kind, payload) => {
    if (kind === 'r') opened.resolve(readReply(openedSchema, payload).size);
    else if (kind === 'o') {
      window.received(payload.length);
      chunks.push(payload);
      wake.resolve();
    } else if (kind !== 'z') throw new ForeignFrame(`"${kind}" of a file`);
  });
  const end = () => {
    isOver = true;
    wake.resolve();
  };
  call.ended.then(end, end);
  call.ended.catch(opened.reject);

  async function* read(): AsyncGenerator<Uint8Array> {
    try {
      for (;;) {
        for (let chunk = chunks.shift(); chunk !== undefined; chunk = chunks.shift()) {
          yield chunk;
          window.released(chunk.length);
        }
        if (isOver) break;
        await wake.promise;
        wake = Promise.withResolvers<void>();
      }
      await call.ended;
    } finally {
      void call.send('q').catch(() => {});
    }
  }
  return { size: await opened.promise, chunks: read() };
}

/** @throws GuestError, or what the source of the chunks throws; what is written until then stays */
export async function writeGuestFile(
  agent: AgentConnection,
  target: { path: string; user: GuestUser },
  chunks: AsyncIterable<Uint8Array>,
): Promise<void> {
  const call = agent.call({ op: 'write', ...target }, (kind) => {
    if (kind !== 'z') throw new ForeignFrame(`"${kind}" of a file being written`);
  });
  let isOver = false;
  const end = () => {
    isOver = true;
  };
  call.ended.then(end, end);
  try {
    for await (const chunk of chunks) {
      for (let start = 0; start < chunk.length && !isOver; start += uploadChunkBytes)
        await call.send('i', chunk.subarray(start, start + uploadChunkBytes));
      if (isOver) break;
    }
  } finally {
    void call.send('x').catch(() => {});
  }
  await call.ended;
}
