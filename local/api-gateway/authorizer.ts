import type { GatewayRefusal } from './gateway-response.ts';
import { evaluatePolicy } from './policy-document.ts';
import type { AuthorizerContext } from './proxy-event.ts';
import type { AuthorizerConfig } from './read-authorizers.ts';

export type Authorization =
  | { readonly kind: 'granted'; readonly context: AuthorizerContext }
  | { readonly kind: 'refused'; readonly refusal: GatewayRefusal };

/** The function's answer to an authorizer event: its payload, or its error's message. */
export type AuthorizerInvocation = (
  functionName: string,
  event: Record<string, unknown>,
) => Promise<{ readonly payload: string } | { readonly errorMessage: string }>;

export interface AuthorizerRequest {
  readonly methodArn: string;
  readonly place: (name: string) => string | undefined;
  /** The event of a REQUEST authorizer. */
  readonly event: () => Record<string, unknown>;
}

export type Authorizer = (config: AuthorizerConfig, request: AuthorizerRequest) => Promise<Authorization>;

interface Verdict {
  readonly principalId: string;
  readonly policyDocument: unknown;
  readonly context: Readonly<Record<string, string | number | boolean>>;
}

const MAX_CACHED = 10_000;

/**
 * Lambda authorizers with their result cache. As in API Gateway the cache holds the policy by identity sources,
 * and each method is decided against it: a policy made for one method denies the others while it is cached.
 */
export function createAuthorizer(invoke: AuthorizerInvocation, clock: () => number): Authorizer {
  const cache = new Map<string, { verdict: Verdict; expiresAtMs: number }>();
  /** Questions that are being asked: requests that come at once and would be answered alike ask once. */
  const asking = new Map<string, Promise<Verdict | GatewayRefusal>>();

  const remember = (key: string, verdict: Verdict, cacheMs: number) => {
    const oldest = cache.keys().next();
    if (cache.size >= MAX_CACHED && !oldest.done) cache.delete(oldest.value);
    cache.set(key, { verdict, expiresAtMs: clock() + cacheMs });
  };

  return async (config, { methodArn, place, event }) => {
    const identity = config.identitySources.map((source) => place(source) ?? '');
    const unidentified = identity.some((value) => value === '');
    const malformed = config.tokenPattern !== undefined && !config.tokenPattern.test(identity[0] ?? '');
    if (unidentified || malformed) return refused({ type: 'UNAUTHORIZED' });

    const key = JSON.stringify([config.id, ...identity]);
    const cached = config.cacheMs > 0 ? cache.get(key) : undefined;
    if (cached !== undefined && cached.expiresAtMs > clock()) return decide(cached.verdict, methodArn);
    cache.delete(key);

    const startedAtMs = clock();
    const ask = async () => {
      const payload =
        config.type === 'TOKEN' ? { type: 'TOKEN', authorizationToken: identity[0], methodArn } : event();
      const asked = readAnswer(await invoke(config.functionName, payload));
      if (config.cacheMs > 0 && 'principalId' in asked) remember(key, asked, config.cacheMs);
      return asked;
    };
    const answer = (config.cacheMs > 0 ? asking.get(key) : undefined) ?? ask();
    asking.set(key, answer);
    const verdict = await answer.finally(() => asking.delete(key));
    if (!('principalId' in verdict)) return refused(verdict);
    return decide(verdict, methodArn, clock() - startedAtMs);
  };
}

function decide(verdict: Verdict, methodArn: string, integrationLatency = 0): Authorization {
  switch (evaluatePolicy(verdict.policyDocument, methodArn)) {
    case 'allowed': {
      const texts = Object.entries(verdict.context).map(([name, value]) => [name, String(value)]);
      return {
        kind: 'granted',
        context: { ...Object.fromEntries(texts), principalId: verdict.principalId, integrationLatency },
      };
    }
    case 'denied':
      return refused({ type: 'ACCESS_DENIED' });
    case 'explicitly-denied':
      return refused({
        type: 'ACCESS_DENIED',
        message: 'User is not authorized to access this resource with an explicit deny',
      });
    case undefined:
      return refused({ type: 'AUTHORIZER_CONFIGURATION_ERROR' });
  }
}

function readAnswer(answer: Awaited<ReturnType<AuthorizerInvocation>>): Verdict | GatewayRefusal {
  if ('errorMessage' in answer) {
    return { type: answer.errorMessage === 'Unauthorized' ? 'UNAUTHORIZED' : 'AUTHORIZER_FAILURE' };
  }
  return readVerdict(answer.payload) ?? { type: 'AUTHORIZER_CONFIGURATION_ERROR' };
}

/** Nothing for an answer that API Gateway would call an authorizer configuration error. */
function readVerdict(payload: string): Verdict | undefined {
  const answer = JSON.parse(payload) as Partial<Verdict> | null;
  if (answer === null || typeof answer !== 'object') return undefined;
  const { principalId, policyDocument, context = {} } = answer;
  if (typeof principalId !== 'string' || policyDocument === undefined) return undefined;
  const scalars = ['string', 'number', 'boolean'];
  if (context === null || !Object.values(context).every((value) => scalars.includes(typeof value)))
    return undefined;
  return { principalId, policyDocument, context };
}

const refused = (refusal: GatewayRefusal): Authorization => ({ kind: 'refused', refusal });
