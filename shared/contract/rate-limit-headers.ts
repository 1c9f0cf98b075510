import type { CordonError } from '../domain/cordon-error.ts';
import { type Standing, type Throttle, windowSeconds } from '../domain/throttle.ts';

/** Names of the fields of draft-ietf-httpapi-ratelimit-headers: lists of structured fields (RFC 9651). */
export const rateLimitHeaders = { policy: 'RateLimit-Policy', limit: 'RateLimit' } as const;

/** `"requests"` is how often the key may ask; `standing` is null when nobody could count. */
export function throttleHeaders(throttle: Throttle, standing: Standing | null): Record<string, string> {
  return {
    [rateLimitHeaders.policy]: `"requests";q=${throttle.burst};w=${windowSeconds(throttle)}`,
    ...(standing !== null && {
      [rateLimitHeaders.limit]: `"requests";r=${standing.remaining};t=${standing.resetSeconds}`,
    }),
  };
}

/** Money is left out: a quota is a whole number there. */
const quotaNames: Record<string, string> = {
  executions: 'executions',
  executionSeconds: 'execution-seconds',
  concurrent: 'concurrent-executions',
};

/** The headers with the quota that refused a request. */
export function withQuota(headers: Record<string, string>, { details }: CordonError): Record<string, string> {
  const { limit, used, allowed, retryAfterSeconds, windowSeconds: seconds } = details;
  const name = quotaNames[String(limit)];
  if (name === undefined) return headers;
  const remaining = Math.max(0, Math.floor(Number(allowed) - Number(used)));
  const window = seconds === null ? '' : `;w=${seconds}`;
  const policy = `"${name}";q=${Math.floor(Number(allowed))}${window}`;
  return {
    [rateLimitHeaders.policy]: joined(headers[rateLimitHeaders.policy], policy),
    [rateLimitHeaders.limit]: joined(
      headers[rateLimitHeaders.limit],
      `"${name}";r=${remaining};t=${retryAfterSeconds}`,
    ),
  };
}

function joined(first: string | undefined, second: string): string {
  return first === undefined ? second : `${first}, ${second}`;
}
