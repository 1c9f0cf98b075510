import { defaultLimits, limitCeilings } from '../../../shared/domain/limits.ts';
import type { Sentry, SentryHost } from '../sentry/sentry.ts';
import { type AgentChannel, createAgentChannel } from './agent-channel.ts';
import type { AgentAnswer } from './agent-messages.ts';
import { createFileReads, type FileReads } from './file-reads.ts';
import { type Guest, type GuestEntry, GuestError, type Template } from './guest.ts';
import { createGuestProcesses } from './guest-processes.ts';

/** Where the image has the agent. */
const agentPath = '/usr/lib/cordon/agent.py';
const readyMs = 30_000;
/** The least part of a file that is worth a round trip of its own. */
const partBytes = 256 * 1024;

/**
 * What a guest waits with. The host tightens memory for the job, the agent gives it the disk that it may have; processes
 * are those of all users, of which the job's limit counts one.
 */
const sizes = {
  memoryMiB: limitCeilings.memoryMiB + 128,
  diskMiB: defaultLimits.diskMiB,
  processes: 2 * limitCeilings.processes,
};

/**
 * Starts a guest with its agent up and, for a template with an interpreter, the runner and that interpreter waiting for
 * a job. It is frozen until it is used: idle it costs memory only.
 *
 * @throws SentryStartError, GuestError `gone`
 */
export async function startGuest(sentries: SentryHost, template: Template): Promise<Guest> {
  const argv = ['/usr/bin/python3', '-I', agentPath, template, `${sizes.diskMiB}`];
  const sentry = await sentries.start({ argv, ...sizes });
  const processes = createGuestProcesses((op, fields, payload) => ask(op, fields, payload).answer);
  const reads = createFileReads();
  const channel = createAgentChannel({
    stdin: sentry.stdin,
    stdout: sentry.stdout,
    listener: { output: processes.output, ended: processes.ended, chunk: reads.chunk },
    onBroken: () => void sentry.kill(),
  });
  sentry.stderr.resume();
  void sentry.ended.then(() => {
    channel.close();
    reads.close();
  });
  let isFrozen = false;

  /** Everything goes through here: the first question wakes the guest. */
  function ask(op: string, fields: object, payload?: Uint8Array): ReturnType<AgentChannel['ask']> {
    if (isFrozen) {
      isFrozen = false;
      sentry.resume();
    }
    return channel.ask(op, fields, payload);
  }

  await untilReady(sentry, channel);
  sentry.pause();
  isFrozen = true;
  return {
    ended: sentry.ended,
    start: processes.start,
    usage: sentry.usage,
    kill: sentry.kill,
    limit: sentry.limit,
    ...createFiles(ask, reads),
  };
}

async function untilReady(sentry: Sentry, channel: AgentChannel): Promise<void> {
  const timer = setTimeout(() => void sentry.kill(), readyMs);
  try {
    await channel.ready;
  } catch (error) {
    await sentry.kill();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

type Files = Pick<Guest, 'stat' | 'list' | 'makeDir' | 'remove' | 'move' | 'readFile' | 'writeFile'>;

function createFiles(ask: AgentChannel['ask'], reads: FileReads): Files {
  let files = 0;
  const answerTo = (op: string, fields: object) => ask(op, fields).answer;
  return {
    stat: async (path, user) => entryOf(await answerTo('stat', { path, user })),
    list: async (path, depth, user) => (await answerTo('list', { path, depth, user })).entries ?? [],
    makeDir: async (path, user) => entryOf(await answerTo('makeDir', { path, user })),
    remove: async (path, user) => void (await answerTo('remove', { path, user })),
    move: async (path, to, user) => entryOf(await answerTo('move', { path, to, user })),
    async readFile(path, user) {
      const { id, answer } = ask('read', { path, user });
      const chunks = reads.open(id);
      try {
        return { size: (await answer).size ?? 0, chunks };
      } catch (error) {
        reads.forget(id);
        throw error;
      }
    },
    async writeFile(path, user, chunks) {
      files += 1;
      const file = files;
      let op = 'write';
      const send = async (payload: Uint8Array, last: boolean) => {
        const named = op === 'write' ? { path, user } : {};
        const current = op;
        op = 'part';
        await ask(current, { file, last, ...named }, payload).answer;
      };
      try {
        for await (const part of inParts(chunks)) await send(part, false);
      } finally {
        // Closes the file in the guest, whatever became of the bytes.
        await send(new Uint8Array(0), true);
      }
    },
  };
}

/** The same bytes in pieces that are neither tiny nor larger than a frame. */
async function* inParts(chunks: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  let waiting: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of chunks) {
    for (let start = 0; start < chunk.length; start += partBytes) {
      const piece = chunk.subarray(start, start + partBytes);
      waiting.push(piece);
      bytes += piece.length;
      if (bytes < partBytes) continue;
      yield Buffer.concat(waiting);
      waiting = [];
      bytes = 0;
    }
  }
  if (bytes > 0) yield Buffer.concat(waiting);
}

function entryOf({ entry }: AgentAnswer): GuestEntry {
  if (entry === undefined) throw new GuestError('internal', 'the guest answered without an entry');
  return entry;
}
