import * as z from 'zod';
import { type Caller, type Scope, scopeSchema } from '../domain/caller.ts';
import { CordonError } from '../domain/cordon-error.ts';
import { throttleSchema } from '../domain/throttle.ts';

/** What the authorizer hands on with a request; API Gateway passes strings only. */
export const authorizerContextSchema = z.object({
  tenant: z.string().min(1),
  keyId: z.string().min(1),
  scopes: z.string(),
  burst: z.string().optional(),
  ratePerSecond: z.string().optional(),
});
export type AuthorizerContext = z.infer<typeof authorizerContextSchema>;

/** The caller that the authorizer proved. Throws `unauthenticated` without one: a route without an authorizer is closed. */
export function callerOf(authorizer: unknown): Caller {
  const context = authorizerContextSchema.safeParse(authorizer);
  if (!context.success) throw new CordonError('unauthenticated', 'The request carries no proven caller.');
  const { tenant, keyId, scopes, burst, ratePerSecond } = context.data;
  return {
    ...{ tenant, keyId },
    scopes: scopes.split(' ').map((scope) => scopeSchema.parse(scope)),
    ...(burst !== undefined && {
      throttle: throttleSchema.parse({ burst: Number(burst), ratePerSecond: Number(ratePerSecond) }),
    }),
  };
}

export function toAuthorizerContext({ tenant, keyId, scopes, throttle }: Caller): AuthorizerContext {
  return {
    ...{ tenant, keyId, scopes: scopes.join(' ') },
    ...(throttle !== undefined && {
      ...{ burst: String(throttle.burst), ratePerSecond: String(throttle.ratePerSecond) },
    }),
  };
}

/** Throws `forbidden` unless the caller's key has the scope. */
export function requireScope(caller: Caller, scope: Scope): void {
  if (!caller.scopes.includes(scope)) {
    throw new CordonError('forbidden', `This needs an API key with the scope "${scope}".`);
  }
}
