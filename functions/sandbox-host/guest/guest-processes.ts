import type { AgentListener } from './agent-channel.ts';
import type { AgentAnswer } from './agent-messages.ts';
import { type Guest, GuestError, type GuestProcess, type GuestProcessEnd } from './guest.ts';

type OutputListener = Parameters<GuestProcess['onOutput']>[0];

interface Entry {
  listener: OutputListener | null;
  /** Settles when there is a listener: until then the guest waits. */
  readonly heard: PromiseWithResolvers<void>;
  readonly end: PromiseWithResolvers<GuestProcessEnd>;
}

/** The guest's processes, as its agent tells of them. */
export function createGuestProcesses(
  ask: (op: string, fields: object, payload?: Uint8Array) => Promise<AgentAnswer>,
): Pick<Guest, 'start'> & Pick<AgentListener, 'output' | 'ended'> {
  const entries = new Map<number, Entry>();
  const entryOf = (pid: number): Entry => {
    const entry = entries.get(pid) ?? {
      listener: null,
      heard: Promise.withResolvers<void>(),
      end: Promise.withResolvers<GuestProcessEnd>(),
    };
    entries.set(pid, entry);
    return entry;
  };

  return {
    async start({ cmd, args, env, cwd, user, stdin }) {
      const { pid } = await ask('start', { cmd, args, env, cwd, user, stdin });
      if (pid === undefined) throw new GuestError('internal', 'the guest answered without a process');
      const entry = entryOf(pid);
      return {
        pid,
        ended: entry.end.promise,
        onOutput(listener) {
          entry.listener = listener;
          entry.heard.resolve();
        },
        write: async (bytes) => void (await ask('input', { pid }, bytes)),
        closeStdin: async () => void (await ask('closeInput', { pid })),
        signal: async (signal) => void (await ask('signal', { pid, signal })),
      };
    },
    output(pid, stream, bytes) {
      const entry = entryOf(pid);
      if (entry.listener !== null) return entry.listener(stream, bytes);
      return entry.heard.promise.then(() => entry.listener?.(stream, bytes));
    },
    ended(pid, end) {
      entryOf(pid).end.resolve(end);
      entries.delete(pid);
    },
  };
}
