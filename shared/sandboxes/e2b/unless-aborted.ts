import type { SandboxReport } from '../../domain/sandbox-report.ts';
import { RunAborted } from '../../ports/sandbox-backend.ts';

/**
 * Runs a job until it ends or the signal is aborted, whichever is first. What the job does after that is nobody's
 * concern: it fails with its sandbox, which is up to the caller to end.
 *
 * @throws RunAborted with what there is by then
 */
export async function unlessAborted<T>(
  run: () => Promise<T>,
  signal: AbortSignal | undefined,
  reportSoFar: () => SandboxReport | null,
): Promise<T> {
  if (signal === undefined) return run();
  if (signal.aborted) throw new RunAborted(null);
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = () => reject(new RunAborted(reportSoFar()));
  signal.addEventListener('abort', abort, { once: true });
  const running = run();
  running.catch(() => {});
  try {
    return await Promise.race([running, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
