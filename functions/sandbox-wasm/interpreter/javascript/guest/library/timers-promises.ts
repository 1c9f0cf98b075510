import { defineHidden } from '../define.ts';
import { clearImmediate, setImmediate } from '../run/immediates.ts';
import { clearInterval, setInterval, setTimeout } from '../run/timers.ts';

interface Options {
  signal?: AbortSignal;
}

/** Settles by `start`'s callback, or rejects and cancels when the signal says so. */
function cancellable<H, T>(
  start: (done: () => void) => H,
  cancel: (handle: H) => void,
  value: T,
  { signal }: Options = {},
): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => {
      cancel(handle);
      reject(abortError(signal));
    };
    const handle = start(() => {
      signal?.removeEventListener('abort', abort);
      resolve(value);
    });
    if (signal?.aborted) abort();
    else signal?.addEventListener('abort', abort, { once: true });
  });
}

function abortError(signal: AbortSignal | undefined): Error {
  const error = new Error('The operation was aborted', { cause: signal?.reason });
  return Object.assign(error, { name: 'AbortError', code: 'ABORT_ERR' });
}

function sleep<T>(delayMs?: number, value?: T, options?: Options): Promise<T | undefined> {
  return cancellable(
    (done) => setTimeout(done, delayMs),
    (timer) => timer.close(),
    value,
    options,
  );
}

function nextRound<T>(value?: T, options?: Options): Promise<T | undefined> {
  return cancellable(setImmediate, clearImmediate, value, options);
}

/** Yields at the pace of an interval; what its reader is too slow for comes at once afterwards. */
async function* every<T>(
  delayMs?: number,
  value?: T,
  { signal }: Options = {},
): AsyncGenerator<T | undefined> {
  let due = 0;
  let wake = () => {};
  const ring = () => wake();
  const timer = setInterval(() => {
    due++;
    wake();
  }, delayMs);
  signal?.addEventListener('abort', ring);
  try {
    for (;;) {
      if (signal?.aborted) throw abortError(signal);
      for (; due > 0; due--) yield value;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  } finally {
    clearInterval(timer);
    signal?.removeEventListener('abort', ring);
  }
}

export const timersPromises = {
  setTimeout: sleep,
  setImmediate: nextRound,
  setInterval: every,
  scheduler: {
    wait: (delayMs?: number, options?: Options) => sleep(delayMs, undefined, options),
    yield: () => nextRound(),
  },
};

/** Tells `util.promisify` how these look as promises: their callback comes first, not last. */
export function installTimerPromises(customPromisify: symbol): void {
  defineHidden(setTimeout, { [customPromisify]: sleep });
  defineHidden(setImmediate, { [customPromisify]: nextRound });
}
