/** Bounds how many guests start at the same time: more would only make all of them slower. */
export interface StartQueue {
  run<T>(start: () => T | Promise<T>): Promise<T>;
  /** Begins only while nobody waits, and when it is not `urgent`, while nothing else starts. */
  runWhenFree<T>(start: () => T | Promise<T>, isUrgent: boolean): Promise<T>;
}

export function createStartQueue(maxStarting: number): StartQueue {
  const waiting: (() => void)[] = [];
  const urgent: (() => void)[] = [];
  const patient: (() => void)[] = [];
  let starting = 0;

  function next(): void {
    while (starting < maxStarting) {
      const begin = waiting.shift() ?? urgent.shift() ?? (starting === 0 ? patient.shift() : undefined);
      if (begin === undefined) return;
      starting += 1;
      begin();
    }
  }

  async function runFrom<T>(queue: (() => void)[], start: () => T | Promise<T>): Promise<T> {
    await new Promise<void>((resolve) => {
      queue.push(resolve);
      next();
    });
    try {
      return await start();
    } finally {
      starting -= 1;
      next();
    }
  }

  return {
    run: (start) => runFrom(waiting, start),
    runWhenFree: (start, isUrgent) => runFrom(isUrgent ? urgent : patient, start),
  };
}
