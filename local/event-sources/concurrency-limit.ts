/** Lets at most `limit` holders in; others wait their turn. */
export interface ConcurrencyLimit {
  /** Resolves with the way to give the place back, or with nothing when `patienceMs` (may be infinite) passed first. */
  enter(patienceMs: number): Promise<(() => void) | undefined>;
  readonly inUse: number;
}

export function createConcurrencyLimit(limit: number): ConcurrencyLimit {
  let inUse = 0;
  const waiting: ((admitted: boolean) => void)[] = [];

  const leave = () => {
    const next = waiting.shift();
    if (next) next(true);
    else inUse -= 1;
  };
  const leaveOnce = () => {
    let left = false;
    return () => {
      if (left) return;
      left = true;
      leave();
    };
  };

  return {
    get inUse() {
      return inUse;
    },
    async enter(patienceMs) {
      if (inUse < limit) {
        inUse += 1;
        return leaveOnce();
      }
      const admitted = await new Promise<boolean>((resolve) => {
        const giveUp = () => {
          waiting.splice(waiting.indexOf(settle), 1);
          resolve(false);
        };
        const timer = Number.isFinite(patienceMs) ? setTimeout(giveUp, patienceMs) : undefined;
        const settle = (value: boolean) => {
          clearTimeout(timer);
          resolve(value);
        };
        waiting.push(settle);
      });
      return admitted ? leaveOnce() : undefined;
    },
  };
}
