import { process } from '../library/process.ts';
import { fail } from './fail.ts';
import { runCallback } from './ticks.ts';

interface Rejection {
  promise: object;
  reason: unknown;
}

const pending = new Map<object, unknown>();
const reported = new WeakSet<object>();
/** The last two rejections, with nothing between them. */
let latest: Rejection | null = null;
let beforeLatest: Rejection | null = null;

/** The engine's word of a promise that was rejected unheard, or that found a listener after that. */
export function rejected(promise: object, reason: unknown, isHandled: number): void {
  if (isHandled === 0) {
    pending.set(promise, reason);
    beforeLatest = latest;
    latest = { promise, reason };
    return;
  }
  if (latest?.promise === promise) forgetModule();
  latest = null;
  if (!pending.delete(promise) && reported.has(promise)) process.emit('rejectionHandled', promise);
}

/**
 * A module that throws rejects two promises at once: one inside of the engine, which nobody can listen to, and
 * that of its import. Who listens to the import has heard of both.
 */
function forgetModule(): void {
  const isSame = beforeLatest !== null && Object.is(beforeLatest.reason, latest?.reason);
  if (isSame && beforeLatest !== null) pending.delete(beforeLatest.promise);
}

/** What these promises were rejected with is thrown to the program instead. */
export function forgetRejections(reason: unknown): void {
  for (const [promise, pendingReason] of pending)
    if (Object.is(pendingReason, reason)) pending.delete(promise);
}

/**
 * To be called when promise jobs have run: whoever wanted to listen does by now. True when there were some, whose
 * listeners may have given the program more to do.
 */
export function reportRejections(): boolean {
  latest = null;
  if (pending.size === 0) return false;
  const unheard = [...pending];
  pending.clear();
  for (const [promise, reason] of unheard) {
    reported.add(promise);
    if (process.listenerCount('unhandledRejection') > 0) {
      runCallback(() => {
        process.emit('unhandledRejection', reason, promise);
      });
    } else fail(reason, 'unhandledRejection');
  }
  return true;
}
