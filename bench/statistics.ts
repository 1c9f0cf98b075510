/** Milliseconds of repeated measurements, summed up. */
export interface Summary {
  count: number;
  p50: number;
  p95: number;
  p99: number;
  max: number;
}

export function summarize(samples: readonly number[]): Summary {
  const sorted = [...samples].sort((a, b) => a - b);
  const at = (share: number) =>
    round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0);
  return { count: sorted.length, p50: at(0.5), p95: at(0.95), p99: at(0.99), max: round(sorted.at(-1) ?? 0) };
}

/** Runs `work` one after the other and answers how long each took. */
export async function timeEach(times: number, work: () => Promise<void>): Promise<number[]> {
  const samples: number[] = [];
  for (let index = 0; index < times; index += 1) {
    const started = performance.now();
    await work();
    samples.push(performance.now() - started);
  }
  return samples;
}

/** How often a second `work` is done, by so many at the same time. */
export async function ratePerSecond(
  atATime: number,
  seconds: number,
  work: () => Promise<unknown>,
): Promise<number> {
  const started = performance.now();
  const deadline = started + seconds * 1000;
  let done = 0;
  await Promise.all(
    Array.from({ length: atATime }, async () => {
      for (; performance.now() < deadline; done += 1) await work();
    }),
  );
  return done / ((performance.now() - started) / 1000);
}

export function round(value: number): number {
  return Math.round(value * 100) / 100;
}
