import { keepLastWords } from '../sentry/launched-sentry.ts';
import type { Sentry, SentryEnd, SentryHost } from '../sentry/sentry.ts';
import type { Snapshot } from '../sentry/snapshot.ts';
import { type AgentConnection, connectAgent } from './agent-connection.ts';
import type { Guest, Template } from './guest.ts';
import { askForEnd, askForEntries, askForEntry, readGuestFile, writeGuestFile } from './guest-files.ts';
import { startProcess } from './start-process.ts';

export interface GuestOptions {
  readonly template: Template;
  /** With an interpreter that waits, its usual modules loaded; else it starts when the program does. */
  readonly isAhead: boolean;
  readonly memoryMiB: number;
  readonly diskMiB: number;
  readonly processes: number;
  /** Of a guest with the same options, by {@link saveGuest}: this one goes on from there. */
  readonly snapshot?: Snapshot | undefined;
}

/** Slower than any machine; a guest that is not ready by then never will be. */
const readyTimeoutMs = 30_000;

/**
 * Starts a guest and waits until its agent answers. One that was started ahead is frozen until it is first used.
 *
 * @throws SentryStartError, or an error with the agent's last words; nothing of the guest is left then
 */
export async function startGuest(host: SentryHost, options: GuestOptions): Promise<Guest> {
  const { sentry, agent, ended } = await bringUp(host, options);
  return createGuest(sentry, options.isAhead ? frozenUntilUsed(sentry, agent) : agent, ended);
}

/**
 * Starts a guest of which others can go on. Nothing of a client has ever been in it, and nothing is left of it.
 *
 * @throws as {@link startGuest} does, or what the sentry has against being saved
 */
export async function saveGuest(host: SentryHost, options: GuestOptions): Promise<Snapshot> {
  const { sentry } = await bringUp(host, options);
  try {
    return await sentry.save();
  } finally {
    await sentry.kill();
  }
}

async function bringUp(host: SentryHost, options: GuestOptions) {
  const { template, isAhead, ...rest } = options;
  const argv = ['/usr/bin/python3', '-S', '/usr/lib/cordon/main.py', template, ...(isAhead ? ['ahead'] : [])];
  const sentry = await host.start({ argv, ...rest });
  const lastWords = keepLastWords(sentry.stderr);
  let foreign: string | null = null;
  const agent = connectAgent(sentry, (reason) => {
    foreign = reason;
    void sentry.kill();
  });
  const ended = sentry.ended.then((end): SentryEnd => {
    return foreign === null ? end : { kind: 'lost', reason: `its agent sent ${foreign}` };
  });
  try {
    // The agent of a restored guest has said so before it was saved.
    if (options.snapshot === undefined) await readyInTime(agent);
  } catch (cause) {
    await sentry.kill();
    throw new Error(`the guest did not start: ${lastWords()}`.trim(), { cause });
  }
  return { sentry, agent, ended };
}

function createGuest(sentry: Sentry, agent: AgentConnection, ended: Promise<SentryEnd>): Guest {
  return {
    ended,
    start: (command) => startProcess(agent, command),
    stat: (path, user) => askForEntry(agent, { op: 'stat', path, user }),
    list: (path, depth, user) => askForEntries(agent, { op: 'list', path, depth, user }),
    makeDir: (path, user) => askForEntry(agent, { op: 'makeDir', path, user }),
    remove: (path, user) => askForEnd(agent, { op: 'remove', path, user }),
    move: (from, to, user) => askForEntry(agent, { op: 'move', from, to, user }),
    readFile: (path, user) => readGuestFile(agent, path, user),
    writeFile: (path, user, chunks) => writeGuestFile(agent, { path, user }, chunks),
    usage: sentry.usage,
    limit: sentry.limit,
    kill: async () => {
      await sentry.kill();
      return ended;
    },
  };
}

/** An idle sentry polls; a frozen one costs no CPU time. */
function frozenUntilUsed(sentry: Sentry, agent: AgentConnection): AgentConnection {
  let isFrozen = true;
  sentry.pause();
  return {
    ready: agent.ready,
    call: (request, listener) => {
      if (isFrozen) sentry.resume();
      isFrozen = false;
      return agent.call(request, listener);
    },
  };
}

async function readyInTime(agent: AgentConnection): Promise<void> {
  const timeout = Promise.withResolvers<never>();
  const timer = setTimeout(() => timeout.reject(new Error('its agent does not answer')), readyTimeoutMs);
  try {
    await Promise.race([agent.ready, timeout.promise]);
  } finally {
    clearTimeout(timer);
  }
}
