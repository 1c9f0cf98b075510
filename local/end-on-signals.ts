import { killDescendants } from './process-tree.ts';
import type { LocalCloud } from './start-local-cloud.ts';

/** The exit status of a process that a signal ended, by convention. */
const EXIT_INTERRUPTED = 130;
/** npm passes Ctrl-C on although the terminal has sent it already: what follows so soon is the same signal. */
const SAME_SIGNAL_MS = 500;

/** The first signal ends in good order, a second one at once; neither leaves a process behind. */
export function endOnSignals(cloud: LocalCloud): void {
  process.on('exit', () => killDescendants());
  let endingSinceMs: number | undefined;
  const end = async () => {
    if (endingSinceMs !== undefined) {
      if (Date.now() - endingSinceMs > SAME_SIGNAL_MS) process.exit(EXIT_INTERRUPTED);
      return;
    }
    endingSinceMs = Date.now();
    await cloud.close();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end());
}
