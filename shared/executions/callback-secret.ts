import { createHmac } from 'node:crypto';

/**
 * What a tenant's callbacks are signed with, as receivers are given it (https://www.standardwebhooks.com: `whsec_` and
 * base64, here of 256 bits). Derived from the deployment's one key, so that no tenant's secret has to be kept; from one
 * secret nothing follows about another, nor about the key.
 */
export function callbackSecretOf(tenant: string, callbackKey: string): string {
  return `whsec_${createHmac('sha256', callbackKey).update(`callback-secret#1#${tenant}`).digest('base64')}`;
}

/** The headers that prove who sent a body, and when. The id is the same each time a callback is sent. */
export function signatureHeaders(
  secret: string,
  { id, body, at }: { id: string; body: string; at: Date },
): Record<'webhook-id' | 'webhook-timestamp' | 'webhook-signature', string> {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` };
}
