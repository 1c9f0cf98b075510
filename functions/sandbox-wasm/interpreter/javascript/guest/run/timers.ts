import { invalidType } from '../errors/node-error.ts';
import { host } from '../host.ts';
import { createTimerQueue, type Entry } from './timer-queue.ts';

type Callback = (...parameters: unknown[]) => void;

interface Timer extends Entry {
  callback: Callback;
  parameters: unknown[];
  delayMs: number;
  isRepeated: boolean;
  isActive: boolean;
  isReferenced: boolean;
  handle: Timeout;
}

const queue = createTimerQueue<Timer>();
const byId = new Map<number, Timer>();
let sequence = 0;
/** The loop's time, which all timers of a turn are measured from. */
let loopMs = 0;
/** Longer delays are 1 ms, as everywhere. */
const maximumDelayMs = 2_147_483_647;

export function updateLoopTime(): number {
  loopMs = host.now();
  return loopMs;
}

/** What `setTimeout` and `setInterval` return. */
export class Timeout {
  readonly #timer: Timer;

  constructor(callback: Callback, delay: unknown, parameters: unknown[], isRepeated: boolean) {
    const wanted = Number(delay);
    const delayMs = wanted >= 1 && wanted <= maximumDelayMs ? Math.trunc(wanted) : 1;
    sequence++;
    this.#timer = {
      callback,
      parameters,
      delayMs,
      isRepeated,
      isActive: true,
      isReferenced: true,
      sequence,
      dueMs: dueAfter(delayMs),
      handle: this,
    };
    byId.set(sequence, this.#timer);
    queue.add(this.#timer);
  }

  ref(): this {
    this.#timer.isReferenced = true;
    return this;
  }

  unref(): this {
    this.#timer.isReferenced = false;
    return this;
  }

  hasRef(): boolean {
    return this.#timer.isReferenced;
  }

  refresh(): this {
    const { callback, parameters, delayMs, isRepeated } = this.#timer;
    if (!this.#timer.isActive) return this;
    cancel(this.#timer);
    const again = new Timeout(callback, delayMs, parameters, isRepeated);
    Object.assign(this.#timer, again.#timer, { handle: this });
    return this;
  }

  close(): this {
    cancel(this.#timer);
    return this;
  }

  [Symbol.toPrimitive](): number {
    return this.#timer.sequence;
  }

  [Symbol.dispose](): void {
    cancel(this.#timer);
  }

  static cancel(handle: unknown): void {
    const timer = handle instanceof Timeout ? handle.#timer : byId.get(Number(handle));
    if (timer !== undefined) cancel(timer);
  }
}

/** A delay of 1 ms is due in the loop's next round. */
function dueAfter(delayMs: number): number {
  return delayMs <= 1 ? loopMs : loopMs + delayMs;
}

function cancel(timer: Timer): void {
  timer.isActive = false;
  byId.delete(timer.sequence);
}

/** The callback of the earliest timer that is due, or null. */
export function takeDueTimer(): (() => void) | null {
  for (let timer = queue.peek(); timer !== undefined && timer.dueMs <= loopMs; timer = queue.peek()) {
    queue.take();
    if (!timer.isActive) continue;
    const { callback, parameters, handle } = timer;
    if (timer.isRepeated) queue.add(repeat(timer));
    else cancel(timer);
    return () => Reflect.apply(callback, handle, parameters);
  }
  return null;
}

function repeat(timer: Timer): Timer {
  timer.dueMs = loopMs + timer.delayMs;
  return timer;
}

/** Milliseconds until the next timer that keeps the program alive; null when there is none. */
export function untilNextTimer(): number | null {
  for (let first = queue.peek(); first !== undefined && !first.isActive; first = queue.peek()) queue.take();
  const first = queue.peek();
  const isAwaited = queue.all().some((timer) => timer.isActive && timer.isReferenced);
  return first === undefined || !isAwaited ? null : Math.max(0, first.dueMs - loopMs);
}

function checkCallback(callback: unknown): asserts callback is Callback {
  if (typeof callback !== 'function') throw invalidType('callback', 'of type function', callback);
}

export function setTimeout(callback: unknown, delay?: unknown, ...parameters: unknown[]): Timeout {
  checkCallback(callback);
  return new Timeout(callback, delay, parameters, false);
}

export function setInterval(callback: unknown, delay?: unknown, ...parameters: unknown[]): Timeout {
  checkCallback(callback);
  return new Timeout(callback, delay, parameters, true);
}

export function clearTimeout(handle: unknown): void {
  Timeout.cancel(handle);
}

export function clearInterval(handle: unknown): void {
  Timeout.cancel(handle);
}
