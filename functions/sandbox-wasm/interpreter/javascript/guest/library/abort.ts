import { DOMException } from './dom-exception.ts';
import { Event, EventTarget } from './event-target.ts';

export { Event, EventTarget } from './event-target.ts';

type Schedule = (run: () => void, delayMs: number) => void;

let schedule: Schedule = () => {
  throw new DOMException('There is no timer', 'NotSupportedError');
};

/** `AbortSignal.timeout` runs on this; the guest's timers are made after this module. */
export function setAbortTimer(timer: Schedule): void {
  schedule = timer;
}

/** Only a controller makes and aborts signals: `new AbortSignal()` is refused, as on the web. */
const MAKE = Symbol('make');

export class AbortSignal extends EventTarget {
  onabort: ((event: Event) => void) | null = null;
  #aborted = false;
  #reason: unknown = undefined;

  constructor(permission?: symbol) {
    super();
    if (permission !== MAKE) throw new TypeError('Illegal constructor');
    Object.defineProperty(this, 'onabort', { enumerable: false });
  }

  static abort(reason: unknown = abortError()): AbortSignal {
    const signal = new AbortSignal(MAKE);
    signal[MAKE](reason);
    return signal;
  }

  static timeout(delayMs: number): AbortSignal {
    const signal = new AbortSignal(MAKE);
    schedule(
      () => signal[MAKE](new DOMException('The operation was aborted due to timeout', 'TimeoutError')),
      delayMs,
    );
    return signal;
  }

  /** Aborts with the first of the signals that does. */
  static any(signals: Iterable<AbortSignal>): AbortSignal {
    const merged = new AbortSignal(MAKE);
    for (const signal of signals) {
      if (signal.aborted) merged[MAKE](signal.reason);
      else signal.addEventListener('abort', () => merged[MAKE](signal.reason));
    }
    return merged;
  }

  get aborted(): boolean {
    return this.#aborted;
  }

  get reason(): unknown {
    return this.#reason;
  }

  throwIfAborted(): void {
    if (this.#aborted) throw this.#reason;
  }

  [MAKE](reason: unknown): void {
    if (this.#aborted) return;
    this.#aborted = true;
    this.#reason = reason;
    const event = new Event('abort');
    this.onabort?.(event);
    this.dispatchEvent(event);
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return `AbortSignal { aborted: ${this.#aborted} }`;
  }
}

export class AbortController {
  #signal = new AbortSignal(MAKE);

  get signal(): AbortSignal {
    return this.#signal;
  }

  abort(reason: unknown = abortError()): void {
    this.#signal[MAKE](reason);
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return `AbortController { signal: AbortSignal { aborted: ${this.#signal.aborted} } }`;
  }
}

function abortError(): DOMException {
  return new DOMException('This operation was aborted', 'AbortError');
}
