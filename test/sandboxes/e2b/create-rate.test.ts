import { describe, expect, it } from '@jest/globals';
import { createCreateRate, createLocalSlots } from '../../../shared/sandboxes/e2b/create-rate.ts';

describe('the places of one process', () => {
  it('are an interval apart, however many ask at once', async () => {
    const slots = createLocalSlots(() => 0);

    const taken = await Promise.all(Array.from({ length: 4 }, () => slots.take(200, 10_000)));

    expect(taken.map(({ waitMs }) => waitMs)).toEqual([0, 200, 400, 600]);
  });

  it('are not saved up', async () => {
    let now = 0;
    const slots = createLocalSlots(() => now);
    await slots.take(200, 0);
    now = 60_000;

    expect(await slots.take(200, 0)).toEqual({ isTaken: true, waitMs: 0 });
    expect(await slots.take(200, 0)).toEqual({ isTaken: false, waitMs: 200 });
  });

  it('are not used up by those that will not wait', async () => {
    const slots = createLocalSlots(() => 0);
    await slots.take(1_000, 0);
    await slots.take(1_000, 0);

    expect(await slots.take(1_000, 5_000)).toEqual({ isTaken: true, waitMs: 1_000 });
  });
});

describe('the rate of creations', () => {
  it('waits for a place that is near', async () => {
    const rate = createCreateRate({ slots: createLocalSlots(() => 0), perSecond: 50, maxWaitMs: 100 });
    const beginMs = performance.now();

    await rate.take();
    await rate.take();
    await rate.take();

    // Two intervals of 20 ms on the clock that stands still; timers may be a millisecond early.
    expect(performance.now() - beginMs).toBeGreaterThan(50);
  });

  it('hands over, with the time to come back, when the next place is far', async () => {
    const rate = createCreateRate({ slots: createLocalSlots(() => 0), perSecond: 0.4, maxWaitMs: 1_000 });
    await rate.take();

    await expect(rate.take()).rejects.toMatchObject({
      failure: 'backend_unavailable',
      beforeStart: true,
      retryAfterSeconds: 3,
    });
  });
});
