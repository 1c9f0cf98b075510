/** A step took longer than it may. */
export class StepTimeout extends Error {
  override readonly name = 'StepTimeout';
}

/**
 * Runs a step with a clock of its own: it ends in time even when the step ignores its signal. The signal is
 * aborted only by the clock, so a stream that the step opened outlives it. `late` gets what comes afterwards.
 *
 * @throws StepTimeout
 */
export async function within<T>(
  limitMs: number,
  step: (signal: AbortSignal) => Promise<T>,
  late: (value: T) => void = () => {},
): Promise<T> {
  const controller = new AbortController();
  const { promise: timeout, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    const error = new StepTimeout(`no answer within ${limitMs} ms`);
    reject(error);
    controller.abort(error);
  }, limitMs);
  const running = step(controller.signal);
  running.then(
    (value) => {
      if (controller.signal.aborted) late(value);
    },
    () => {},
  );
  try {
    return await Promise.race([running, timeout]);
  } finally {
    clearTimeout(timer);
  }
}

/** Time that several steps share: what is left of it, never less than a millisecond. */
export function createBudget(totalMs: number, nowMs: () => number): () => number {
  const endMs = nowMs() + totalMs;
  return () => Math.max(1, endMs - nowMs());
}
