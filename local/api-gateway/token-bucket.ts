/** API Gateway's throttling: `burst` tokens at most, refilled at `ratePerSecond`; each request takes one. */
export interface TokenBucket {
  take(nowMs: number): boolean;
}

export function createTokenBucket(ratePerSecond: number, burst: number): TokenBucket {
  let tokens = burst;
  let refilledAtMs: number | undefined;
  return {
    take(nowMs) {
      const elapsedMs = nowMs - (refilledAtMs ?? nowMs);
      refilledAtMs = nowMs;
      tokens = Math.min(burst, tokens + (elapsedMs / 1000) * ratePerSecond);
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
  };
}
