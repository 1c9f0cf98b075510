import { callbackPatienceMs } from '../../../shared/domain/callback.ts';
import type { OwedCallbacks } from '../../../shared/ports/owed-callbacks.ts';

/** Whether there is a callback still to be delivered, also one that is not due yet. */
export async function isCallbackOwed({ listIds }: OwedCallbacks, nowMs: number): Promise<boolean> {
  for (const ids of listIds(new Date(nowMs + callbackPatienceMs))) for await (const _ of ids) return true;
  return false;
}
