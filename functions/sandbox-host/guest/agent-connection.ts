import type { Readable, Writable } from 'node:stream';
import * as z from 'zod';
import {
  type AgentFrame,
  createFrameReader,
  encodeFrame,
  ForeignFrame,
  type Frame,
  type HostFrame,
} from './frames.ts';
import { GuestError } from './guest.ts';

/** One thing that the agent was asked for, until its end or failure. */
export interface AgentCall {
  send(kind: HostFrame, payload?: Uint8Array): Promise<void>;
  /** Rejects with the agent's failure, or `gone`. */
  readonly ended: Promise<void>;
}

/** Gets what comes within a call, also the word of its end. Throws ForeignFrame when our agent would not say it. */
export type CallListener = (kind: Exclude<AgentFrame, 'h' | 'f'>, payload: Buffer) => void;

/** The host's end of the channel to a guest's agent. What it says is not trusted. */
export interface AgentConnection {
  /** Resolves when the agent is ready. */
  readonly ready: Promise<void>;
  call(request: Readonly<Record<string, unknown>>, listener: CallListener): AgentCall;
}

interface OpenCall {
  end(): void;
  fail(error: Error): void;
  readonly listener: CallListener;
}

const failureSchema = z.strictObject({
  code: z.enum([
    'not_found',
    'already_exists',
    'invalid_argument',
    'permission_denied',
    'no_space',
    'internal',
  ]),
  message: z.string().max(10_000),
});

/**
 * Connects to an agent over its stdin and stdout. `onForeign` is called once when it says what our agent never says;
 * nothing is heard any more then.
 */
export function connectAgent(
  { stdin, stdout }: { stdin: Writable; stdout: Readable },
  onForeign: (reason: string) => void,
): AgentConnection {
  const calls = new Map<number, OpenCall>();
  const ready = Promise.withResolvers<void>();
  ready.promise.catch(() => {});
  let lastCall = 0;
  let isOver = false;

  const read = createFrameReader(take);
  stdout.on('data', (chunk: Buffer) => {
    if (isOver) return;
    try {
      read(chunk);
    } catch (error) {
      close();
      onForeign(error instanceof Error ? error.message : String(error));
    }
  });
  stdout.once('close', close);
  stdin.on('error', () => {});

  function take({ kind, call: number, payload }: Frame): void {
    if (kind === 'h') {
      ready.resolve();
      return;
    }
    const call = calls.get(number);
    if (call === undefined) throw new ForeignFrame('a frame of no call');
    if (kind === 'f') {
      const failure = toGuestError(parseJson(payload));
      calls.delete(number);
      call.fail(failure);
      return;
    }
    call.listener(kind, payload);
    if (kind !== 'z') return;
    calls.delete(number);
    call.end();
  }

  function close(): void {
    isOver = true;
    const gone = new GuestError('gone', 'the guest is gone');
    ready.reject(gone);
    for (const call of calls.values()) call.fail(gone);
    calls.clear();
  }

  function write(frame: Uint8Array): Promise<void> {
    if (isOver || stdin.destroyed) return Promise.reject(new GuestError('gone', 'the guest is gone'));
    return new Promise((resolve, reject) => {
      stdin.write(frame, (error) =>
        error ? reject(new GuestError('gone', 'the guest is gone')) : resolve(),
      );
    });
  }

  return {
    ready: ready.promise,
    call(request, listener) {
      lastCall += 1;
      const number = lastCall;
      const { promise: ended, resolve: end, reject: fail } = Promise.withResolvers<void>();
      ended.catch(() => {});
      calls.set(number, { listener, end, fail });
      write(encodeFrame('c', number, Buffer.from(JSON.stringify(request)))).catch((error) => {
        calls.delete(number);
        fail(error);
      });
      return {
        send: async (kind, payload = empty) => {
          if (calls.has(number)) await write(encodeFrame(kind, number, payload));
        },
        ended,
      };
    },
  };
}

const empty = new Uint8Array(0);

/** @throws ForeignFrame */
export function parseJson(payload: Buffer): unknown {
  try {
    return JSON.parse(payload.toString());
  } catch {
    throw new ForeignFrame('a payload that is no JSON');
  }
}

function toGuestError(value: unknown): GuestError {
  const failure = failureSchema.safeParse(value);
  if (!failure.success) throw new ForeignFrame('a failure of no known kind');
  return new GuestError(failure.data.code, failure.data.message);
}
