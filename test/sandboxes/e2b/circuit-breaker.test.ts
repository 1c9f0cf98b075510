import { beforeEach, describe, expect, it } from '@jest/globals';
import { createCircuitBreaker, type Verdict } from '../../../shared/sandboxes/e2b/circuit-breaker.ts';

let now: number;
let opened: number;
let breaker: ReturnType<typeof createCircuitBreaker>;
beforeEach(() => {
  now = 0;
  opened = 0;
  breaker = createCircuitBreaker({
    failuresToOpen: 3,
    openMs: 10_000,
    nowMs: () => now,
    onOpen: () => {
      opened += 1;
    },
  });
});

/** "tried", or what the breaker says instead. */
async function attempt(
  verdict: Verdict | 'success',
  wait: Promise<void> = Promise.resolve(),
): Promise<unknown> {
  let wasTried = false;
  try {
    await breaker.run(
      async () => {
        wasTried = true;
        await wait;
        if (verdict !== 'success') throw new Error('failed');
      },
      () => (verdict === 'success' ? 'alive' : verdict),
    );
  } catch (error) {
    if (!wasTried) return error;
  }
  return 'tried';
}

const refused = (retryAfterSeconds: number) =>
  expect.objectContaining({ failure: 'backend_unavailable', beforeStart: true, retryAfterSeconds });

async function openIt(): Promise<void> {
  for (let failure = 0; failure < 3; failure += 1) await attempt('outage');
}

describe('the circuit breaker', () => {
  it('opens after so many outages in a row, and says when to come back', async () => {
    await openIt();
    now = 4_500;

    expect(await attempt('success')).toEqual(refused(6));
    expect(opened).toBe(1);
  });

  it.each(['success', 'alive'] as const)('starts to count again after %s', async (sign) => {
    await attempt('outage');
    await attempt('outage');
    await attempt(sign);
    await attempt('outage');
    await attempt('outage');

    expect(await attempt('success')).toBe('tried');
  });

  it('does not count what says nothing of the service', async () => {
    await attempt('outage');
    await attempt('outage');
    for (let time = 0; time < 5; time += 1) await attempt('none');

    expect(await attempt('success')).toBe('tried');
  });

  it('lets one attempt through to see, and refuses the others meanwhile', async () => {
    await openIt();
    now = 10_000;
    const { promise, resolve } = Promise.withResolvers<void>();

    const probe = attempt('success', promise);
    expect(await attempt('success')).toEqual(refused(10));
    resolve();

    expect(await probe).toBe('tried');
    expect(await attempt('success')).toBe('tried');
  });

  it('opens again when the one attempt fails', async () => {
    await openIt();
    now = 10_000;

    expect(await attempt('outage')).toBe('tried');
    expect(await attempt('success')).toEqual(refused(10));
    expect(opened).toBe(2);
  });

  it('lets the next one see when the one attempt found nothing out', async () => {
    await openIt();
    now = 10_000;
    await attempt('none');

    expect(await attempt('success')).toBe('tried');
    expect(await attempt('success')).toBe('tried');
  });

  it('closes when an attempt from before succeeds after all', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const slow = attempt('success', promise);
    await openIt();
    resolve();
    await slow;

    expect(await attempt('success')).toBe('tried');
  });
});
