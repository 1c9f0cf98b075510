import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { bootSentry } from './boot-sentry.ts';
import { type LaunchedSentry, SentryStartError } from './launched-sentry.ts';
import { runSentry } from './run-sentry.ts';
import type { Sentry, SentryConfig, SentryEnd, SentryOptions } from './sentry.ts';
import type { SentryRoot } from './sentry-root.ts';
import { supervise } from './supervise.ts';
import { waitUntilGone } from './wait-until-gone.ts';

/** How long the last output of a dead guest may wait for its reader. */
const DRAIN_MS = 1000;

/** Starts a sentry and watches it until nothing of it is left. */
export async function startSentry(
  config: SentryConfig,
  root: SentryRoot,
  options: SentryOptions,
): Promise<Sentry> {
  const launched = await (config.mode === 'boot' ? bootSentry : runSentry)(config, root, options);
  let cause: SentryEnd | null = null;
  const ended = endOf(launched).then((end) => cause ?? end);
  const end = (reason: SentryEnd) => {
    cause ??= reason;
    launched.child.kill('SIGKILL');
    return ended;
  };

  try {
    const supervision = supervise({
      ...options,
      pid: launched.pid,
      inspectAs: launched.inspectAs,
      listProcesses: launched.watchProcesses,
      onLimit: (limit) => end({ kind: 'limited', limit }),
    });
    launched.child.once('exit', supervision.stop);
    const { pid, uid, stdin, stdout, stderr } = launched;
    return {
      ...{ pid, uid, stdin, stdout, stderr, ended },
      usage: supervision.usage,
      limit: supervision.limit,
      pause: () => {
        supervision.pause();
        signal(launched, 'SIGSTOP');
      },
      resume: () => {
        signal(launched, 'SIGCONT');
        supervision.resume();
      },
      save: launched.save,
      kill: () => end({ kind: 'killed' }),
    };
  } catch (error) {
    await end({ kind: 'killed' });
    throw new SentryStartError('the sentry can not be supervised', { cause: error });
  }
}

/** Why the sentry ended by itself; resolves once nothing of it is left. */
async function endOf(launched: LaunchedSentry): Promise<SentryEnd> {
  const { child, stdin, stdout, stderr } = launched;
  stdin.on('error', () => {}); // a guest may end before it has read everything
  const reason = await new Promise<string | null>((resolve) => {
    const ending = () => resolve(child.exitCode === 0 ? null : `${child.signalCode ?? child.exitCode}`);
    if (child.exitCode !== null || child.signalCode !== null) ending();
    else child.once('exit', ending);
  });
  stdin.destroy();
  void closeOutput(stdout);
  void closeOutput(stderr);
  if (!(await waitUntilGone(launched.listProcesses))) {
    return { kind: 'lost', reason: 'its processes can not be killed' };
  }
  launched.release();
  return reason === null
    ? { kind: 'exited' }
    : { kind: 'lost', reason: `${reason} ${launched.lastWords()}`.trim() };
}

/** Leaves the last output to its reader for a moment; without a reader its descriptor would stay open for ever. */
async function closeOutput(output: Readable): Promise<void> {
  const timeout = sleep(DRAIN_MS, undefined, { ref: false });
  if (output.readableFlowing !== null) await Promise.race([finished(output).catch(() => {}), timeout]);
  output.destroy();
}

function signal(launched: LaunchedSentry, name: 'SIGSTOP' | 'SIGCONT'): void {
  const { child, pid } = launched;
  if (child.exitCode === null && child.signalCode === null) process.kill(pid, name);
}
