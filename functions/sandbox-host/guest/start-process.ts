import type { AgentCall, AgentConnection } from './agent-connection.ts';
import { ForeignFrame } from './frames.ts';
import {
  type GuestCommand,
  GuestError,
  type GuestProcess,
  type GuestProcessEnd,
  type OutputStream,
} from './guest.ts';
import { processEndSchema, readReply, startedSchema } from './replies.ts';
import { createWindow, encodeRoom } from './window.ts';

/** More of a process's input than this is never on its way: the agent would have to hold it. */
const inputChunkBytes = 64 * 1024;

/** @throws GuestError */
export async function startProcess(agent: AgentConnection, command: GuestCommand): Promise<GuestProcess> {
  const started = Promise.withResolvers<number>();
  const ended = Promise.withResolvers<GuestProcessEnd>();
  const input = createInput();
  const output = createOutput((bytes) => void call.send('w', encodeRoom(bytes)).catch(() => {}));
  const call: AgentCall = agent.call({ op: 'start', ...command }, (kind, payload) => {
    if (kind === 'r') started.resolve(readReply(startedSchema, payload).pid);
    else if (kind === 'o') output.add('stdout', payload);
    else if (kind === 'e') output.add('stderr', payload);
    else if (kind === 't' && payload.length === 4) input.taken(payload.readUInt32BE());
    else if (kind === 'b') input.broken();
    else if (kind === 'z') {
      const end = readReply(processEndSchema, payload);
      output.whenDrained(() => ended.resolve(end));
    } else throw new ForeignFrame(`"${kind}" of a process`);
  });
  call.ended.then(input.broken, input.broken);
  call.ended.catch(started.reject);
  return {
    pid: await started.promise,
    onOutput: output.listen,
    write: (bytes) => input.write(bytes, (chunk) => call.send('i', chunk)),
    closeStdin: () => input.whenWritten(() => call.send('x')),
    signal: (signal) => call.send('s', Buffer.from(signal)),
    ended: ended.promise,
  };
}

type Listener = Parameters<GuestProcess['onOutput']>[0];

/** Output is held until somebody listens, and while the listener is busy; the window bounds it. */
function createOutput(give: (bytes: number) => void) {
  const waiting: [OutputStream, Buffer][] = [];
  const window = createWindow(give);
  let listener: Listener | null = null;
  let isBusy = false;
  let onDrained: (() => void) | null = null;

  /** A listener that has nothing to wait for gets what comes in the same turn. */
  function deliver(): void {
    if (listener === null || isBusy) return;
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [stream, bytes] = next;
      const pending = listener(stream, bytes);
      if (pending !== undefined) {
        isBusy = true;
        const go = () => {
          isBusy = false;
          window.released(bytes.length);
          deliver();
        };
        pending.then(go, go);
        return;
      }
      window.released(bytes.length);
    }
    onDrained?.();
  }

  return {
    add(stream: OutputStream, bytes: Buffer) {
      window.received(bytes.length);
      waiting.push([stream, bytes]);
      deliver();
    },
    listen(added: Listener) {
      listener = added;
      deliver();
    },
    /** Calls back when the listener has had everything that was added before. */
    whenDrained(callback: () => void) {
      onDrained = callback;
      if (waiting.length === 0 && !isBusy) callback();
    },
  };
}

/** Input on its way. One chunk at a time: the next goes when the process has taken the one before. */
function createInput() {
  let lastWrite: Promise<void> = Promise.resolve();
  let chunk: { leftBytes: number; taken: () => void; failed: (error: Error) => void } | null = null;
  let isBroken = false;

  async function send(bytes: Uint8Array, pass: (chunk: Uint8Array) => Promise<void>): Promise<void> {
    for (let start = 0; start < bytes.length; start += inputChunkBytes) {
      if (isBroken) throw doesNotRead();
      const part = bytes.subarray(start, start + inputChunkBytes);
      const { promise, resolve: taken, reject: failed } = Promise.withResolvers<void>();
      chunk = { leftBytes: part.length, taken, failed };
      await Promise.all([pass(part), promise]);
    }
  }

  return {
    write(bytes: Uint8Array, pass: (chunk: Uint8Array) => Promise<void>): Promise<void> {
      const written = lastWrite.then(() => send(bytes, pass));
      lastWrite = written.catch(() => {});
      return written;
    },
    async whenWritten(act: () => Promise<void>): Promise<void> {
      await lastWrite;
      await act();
    },
    taken(bytes: number) {
      if (chunk === null || bytes > chunk.leftBytes)
        throw new ForeignFrame('more input taken than there was');
      chunk.leftBytes -= bytes;
      if (chunk.leftBytes === 0) chunk.taken();
    },
    broken() {
      isBroken = true;
      chunk?.failed(doesNotRead());
    },
  };
}

function doesNotRead(): GuestError {
  return new GuestError('not_found', 'the process does not read its stdin');
}
