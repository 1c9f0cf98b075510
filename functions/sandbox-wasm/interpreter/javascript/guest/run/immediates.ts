import { invalidType } from '../errors/node-error.ts';

type Callback = (...parameters: unknown[]) => void;

/** What `setImmediate` returns. */
export class Immediate {
  isActive = true;
  readonly run: () => void;

  constructor(callback: Callback, parameters: unknown[]) {
    this.run = () => Reflect.apply(callback, this, parameters);
    Object.defineProperties(this, { isActive: { enumerable: false }, run: { enumerable: false } });
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  hasRef(): boolean {
    return true;
  }
}

let waiting: Immediate[] = [];
/** Those of this round: one that is added while it runs is for the next. */
let round: Immediate[] = [];

export function setImmediate(callback: unknown, ...parameters: unknown[]): Immediate {
  if (typeof callback !== 'function') throw invalidType('callback', 'of type function', callback);
  const immediate = new Immediate(callback as Callback, parameters);
  waiting.push(immediate);
  return immediate;
}

export function clearImmediate(immediate: unknown): void {
  if (immediate instanceof Immediate) immediate.isActive = false;
}

export function beginRound(): void {
  round = waiting.reverse();
  waiting = [];
}

/** The next callback of this round, or null. */
export function takeImmediate(): (() => void) | null {
  for (let next = round.pop(); next !== undefined; next = round.pop()) if (next.isActive) return next.run;
  return null;
}

export function hasImmediates(): boolean {
  return waiting.some((immediate) => immediate.isActive);
}
