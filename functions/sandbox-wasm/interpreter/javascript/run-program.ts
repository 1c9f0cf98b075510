import type { Session } from './engine/image.ts';
import type { Value } from './engine/values.ts';

/**
 * Starts the program and takes turns until it ends, which it does by the host's `exit`.
 *
 *   start ─> turn ─> promise jobs ─> turn ─> promise jobs ─> … ─> exit
 *
 * A turn runs the pending `process.nextTick` callbacks, or one timer and the ticks it left. It returns how many
 * milliseconds from now there is more to do.
 */
export async function runProgram(session: Session, payload: string): Promise<never> {
  const { values, image } = session;
  const parameter = values.newString(payload);
  attempt(session, image.guest.start, [parameter]);
  values.free(parameter);
  for (;;) {
    const waitMs = attempt(session, image.guest.turn, []);
    const failure = values.runJobs(image.runtime);
    if (failure !== null) attempt(session, image.guest.fail, [failure]);
    if (waitMs > 0) await sleep(waitMs);
  }
}

/** Calls the guest. It catches what programs throw; what it can't catch or report itself ends the run here. */
function attempt({ values }: Session, callee: Value, parameters: Value[]): number {
  const { isThrown, value } = values.call(callee, parameters);
  if (isThrown) throw new GuestFailure(isOutOfMemory());
  const result = values.numberOf(value);
  values.free(value);
  return result;

  function isOutOfMemory(): boolean {
    const message = values.stringOf(values.property(value, 'message'));
    return message !== null && Buffer.from('out of memory').equals(message);
  }
}

/** The guest's own library failed, because the program took it apart or left it no memory. */
export class GuestFailure extends Error {
  override readonly name = 'GuestFailure';
  readonly isOutOfMemory: boolean;

  constructor(isOutOfMemory: boolean) {
    super('the program broke its own library');
    this.isOutOfMemory = isOutOfMemory;
  }
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
