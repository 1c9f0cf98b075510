/** When a new execution of a lane is likely to be over, learnt from those of the lane that ended last. */
export interface EndForecast {
  /** Milliseconds from its creation after which the first reading is worth its price. */
  expectedMs(): number;
  /** An execution was over so long after its creation. */
  learn(totalMs: number): void;
}

/** Before anything was learnt: a small program on an idle machine. */
const firstGuessMs = 12;
/** A quick program that follows slow ones is kept waiting no longer than this. */
const longestMs = 100;
/** Ends until which the mean is still mostly the guess. */
const firstFew = 4;
/** The result is readable so long after it was made. */
const storingMs = 3;

/**
 * A smoothed mean, with the gain of RFC 6298 (TCP's retransmission timer, which answers a like question): most first
 * readings find the end (`npm run bench` counts 1.14 readings a run), the others come back shortly after. The first few
 * count for more, as there was only a guess before them.
 */
export function createEndForecast(): EndForecast {
  let meanMs = firstGuessMs - storingMs;
  let seen = 0;
  return {
    expectedMs: () => Math.min(longestMs, meanMs + storingMs),
    learn(totalMs) {
      meanMs += (Math.min(totalMs, longestMs) - meanMs) / (seen < firstFew ? 2 : 8);
      seen += 1;
    },
  };
}
