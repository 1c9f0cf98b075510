import type { Json, Resource } from '../template/template.ts';
import { createTokenBucket, type TokenBucket } from './token-bucket.ts';

interface MethodSetting {
  readonly HttpMethod?: string;
  readonly ResourcePath?: string;
  readonly ThrottlingRateLimit?: number;
  readonly ThrottlingBurstLimit?: number;
}

/** The account's default limits, for what a setting leaves open (AWS: "API Gateway quotas"). */
const DEFAULT_RATE = 10_000;
const DEFAULT_BURST = 5_000;

/** The most specific throttling of a method. A setting for all methods gives each of them a bucket of its own. */
export function throttlesOf(
  stage: Resource | undefined,
): (path: string, httpMethod: string) => TokenBucket | undefined {
  const settings = (stage?.properties.MethodSettings ??
    []) as readonly Json[] as unknown as readonly MethodSetting[];
  const limits = settings
    .filter(
      (setting) => setting.ThrottlingRateLimit !== undefined || setting.ThrottlingBurstLimit !== undefined,
    )
    .map(({ HttpMethod = '*', ResourcePath = '/*', ...limit }) => ({
      httpMethod: HttpMethod,
      // In a setting the slashes of a resource path are written ~1, behind a leading one.
      path: ResourcePath === '/*' ? '*' : ResourcePath.replace(/^\/(?=~1)/, '').replaceAll('~1', '/'),
      rate: limit.ThrottlingRateLimit ?? DEFAULT_RATE,
      burst: limit.ThrottlingBurstLimit ?? DEFAULT_BURST,
    }));
  const generality = (limit: { path: string; httpMethod: string }) =>
    Number(limit.path === '*') * 2 + Number(limit.httpMethod === '*');
  return (path, httpMethod) => {
    const [limit] = limits
      .filter((one) => one.path === '*' || one.path === path)
      .filter((one) => one.httpMethod === '*' || one.httpMethod === httpMethod)
      .sort((a, b) => generality(a) - generality(b));
    return limit && createTokenBucket(limit.rate, limit.burst);
  };
}
