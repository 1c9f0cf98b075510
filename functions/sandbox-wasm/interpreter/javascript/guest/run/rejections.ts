import { process } from '../library/process.ts';
import { fail } from './fail.ts';
import { runCallback } from './ticks.ts';

const pending = new Map<unknown, unknown>();
const reported = new WeakSet<object>();

/** The engine's word of a promise that was rejected unheard, or that found a listener after that. */
export function rejected(promise: object, reason: unknown, isHandled: number): void {
  if (isHandled === 0) pending.set(promise, reason);
  else if (!pending.delete(promise) && reported.has(promise)) {
    process.emit('rejectionHandled', promise);
  }
}

/**
 * To be called when promise jobs have run: whoever wanted to listen does by now. True when there were some, whose
 * listeners may have given the program more to do.
 */
export function reportRejections(): boolean {
  if (pending.size === 0) return false;
  const unheard = [...pending];
  pending.clear();
  for (const [promise, reason] of unheard) {
    if (typeof promise === 'object' && promise !== null) reported.add(promise);
    if (process.listenerCount('unhandledRejection') > 0) {
      runCallback(() => {
        process.emit('unhandledRejection', reason, promise);
      });
    } else fail(reason, 'unhandledRejection');
  }
  return true;
}
