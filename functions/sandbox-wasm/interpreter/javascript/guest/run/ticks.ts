import { fail } from './fail.ts';

type Tick = () => void;

let ticks: Tick[] = [];

/** `process.nextTick`: before any promise job. */
export function addTick(callback: (...parameters: unknown[]) => void, parameters: unknown[]): void {
  ticks.push(() => callback(...parameters));
}

export function hasTicks(): boolean {
  return ticks.length > 0;
}

export function runTicks(): void {
  while (ticks.length > 0) {
    const batch = ticks;
    ticks = [];
    for (const tick of batch) runCallback(tick);
  }
}

/** Runs a callback of the program; what it throws is an uncaught exception. */
export function runCallback(callback: () => void): void {
  try {
    callback();
  } catch (error) {
    fail(error, 'uncaughtException');
  }
}
