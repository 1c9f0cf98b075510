import { process } from '../library/process.ts';
import { endNormally } from './exit.ts';
import { beginRound, hasImmediates, takeImmediate } from './immediates.ts';
import { isMainUnsettled } from './main-state.ts';
import { reportRejections } from './rejections.ts';
import { hasTicks, runCallback, runTicks } from './ticks.ts';
import { takeDueTimer, untilNextTimer, updateLoopTime } from './timers.ts';

/** Which of Node's phases the loop is in: timers that are due, then immediates. */
let phase: 'timers' | 'immediates' = 'timers';
let hasSaidGoodbye = false;
/** The main file itself was the first task: its ticks and promise jobs come before any other. */
let isAfterMain = true;

/**
 * One turn of the event loop, after which the host runs promise jobs. Returns the milliseconds until there is
 * something to do; ends the program when there never will be.
 */
export function turn(): number {
  if (hasTicks() || isAfterMain) {
    isAfterMain = false;
    runTicks();
    return 0;
  }
  if (reportRejections()) return 0;
  const task = nextTask();
  if (task !== null) {
    hasSaidGoodbye = false;
    runCallback(task);
    runTicks();
    return 0;
  }
  if (hasTicks() || hasImmediates()) return 0;
  const waitMs = untilNextTimer();
  if (waitMs !== null) return Math.ceil(waitMs);
  sayGoodbye();
  return 0;
}

function nextTask(): (() => void) | null {
  if (phase === 'timers') {
    updateLoopTime();
    const timer = takeDueTimer();
    if (timer !== null) return timer;
    phase = 'immediates';
    beginRound();
  }
  const immediate = takeImmediate();
  if (immediate === null) phase = 'timers';
  return immediate;
}

/** `beforeExit` may give the program more to do; after it nothing is left. */
function sayGoodbye(): void {
  if (hasSaidGoodbye) {
    endNormally(isMainUnsettled());
    return;
  }
  hasSaidGoodbye = true;
  runCallback(() => {
    if (!isMainUnsettled()) process.emit('beforeExit', process.exitCode ?? 0);
  });
}
