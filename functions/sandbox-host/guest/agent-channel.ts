import type { Readable, Writable } from 'node:stream';
import { type AgentAnswer, type AgentMessage, agentMessageSchema } from './agent-messages.ts';
import { createFrameReader, writeFrame } from './frames.ts';
import { GuestError } from './guest.ts';

/** What the agent tells without being asked; each answers when it may go on. */
export interface AgentListener {
  output(pid: number, stream: 'stdout' | 'stderr', bytes: Uint8Array): void | Promise<void>;
  ended(pid: number, end: { exitCode: number } | { signal: string }): void;
  /** A piece of a file; `missing` in the last one: bytes that were announced and did not come. */
  chunk(id: number, bytes: Uint8Array, missing: number | undefined): void | Promise<void>;
}

/** Questions to the agent and its answers, over the guest's standard streams. */
export interface AgentChannel {
  readonly ready: Promise<void>;
  /** Takes the next id; the answer to it, or {@link GuestError}. */
  ask(op: string, fields: object, payload?: Uint8Array): { id: number; answer: Promise<AgentAnswer> };
  /** No answer comes any more: every question ends with `gone`. */
  close(): void;
}

/**
 * Reads frames one after the other: while a listener takes its time nothing more is read, the pipe fills and the guest
 * waits. Something that is no message ends the guest through `onBroken`.
 */
export function createAgentChannel({
  stdin,
  stdout,
  listener,
  onBroken,
}: {
  stdin: Writable;
  stdout: Readable;
  listener: AgentListener;
  onBroken: () => void;
}): AgentChannel {
  const questions = new Map<number, PromiseWithResolvers<AgentAnswer>>();
  const ready = Promise.withResolvers<void>();
  ready.promise.catch(() => {});
  let nextId = 1;
  let isClosed = false;

  async function listen(): Promise<void> {
    const read = createFrameReader();
    for await (const bytes of stdout) {
      for (const { header, payload } of read(bytes)) {
        const pause = take(agentMessageSchema.parse(header), payload);
        if (pause !== undefined) await pause;
      }
    }
  }

  function take(message: AgentMessage, payload: Uint8Array): void | Promise<void> {
    if ('ready' in message) return ready.resolve();
    if ('output' in message) return listener.output(message.output, message.stream, payload);
    if ('ended' in message) {
      const end = 'signal' in message ? { signal: message.signal } : { exitCode: message.exitCode };
      return listener.ended(message.ended, end);
    }
    if ('chunk' in message) return listener.chunk(message.chunk, payload, message.missing);
    const question = questions.get(message.id);
    questions.delete(message.id);
    if ('error' in message) question?.reject(new GuestError(message.error.code, message.error.message));
    else question?.resolve(message);
  }

  function close(): void {
    isClosed = true;
    const gone = new GuestError('gone', 'the sandbox is gone');
    ready.reject(gone);
    for (const question of questions.values()) question.reject(gone);
    questions.clear();
  }

  listen().then(close, () => {
    close();
    onBroken();
  });

  return {
    ready: ready.promise,
    ask(op, fields, payload) {
      const id = nextId;
      nextId += 1;
      const question = Promise.withResolvers<AgentAnswer>();
      if (isClosed) question.reject(new GuestError('gone', 'the sandbox is gone'));
      else {
        questions.set(id, question);
        writeFrame(stdin, { id, op, ...fields }, payload).catch(close);
      }
      return { id, answer: question.promise };
    },
    close,
  };
}
