/** Lets at most `limit` holders in; others wait their turn. */
export interface ConcurrencyLimit {
  /** Resolves with the way to give the place back, which counts once. */
  enter(): Promise<() => void>;
}

export function createConcurrencyLimit(limit: number): ConcurrencyLimit {
  let inUse = 0;
  const waiting: (() => void)[] = [];

  const leave = () => {
    const next = waiting.shift();
    if (next) next();
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
    async enter() {
      if (inUse < limit) inUse += 1;
      else await new Promise<void>((resolve) => waiting.push(resolve));
      return leaveOnce();
    },
  };
}
