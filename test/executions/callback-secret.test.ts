import { expect, test } from '@jest/globals';
import { callbackSecretOf, signatureHeaders } from '../../shared/executions/callback-secret.ts';

/** The example of https://github.com/standard-webhooks/standard-webhooks (libraries/javascript, "sign function works"). */
test('signatures are those of the specification', () => {
  const secret = ['whsec_', 'MfKQ9r8GKYqrTwjU', 'PD8ILPZIo2LaLaSw'].join('');
  const headers = signatureHeaders(secret, {
    id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    at: new Date(1_614_265_330_000),
    body: '{"test": 2432232314}',
  });

  expect(headers).toEqual({
    'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  });
});

test('a secret has 256 bits, and is the same for the same tenant and key alone', () => {
  const secret = callbackSecretOf('acme', 'a key');
  expect(Buffer.from(secret.slice('whsec_'.length), 'base64')).toHaveLength(32);
  expect(callbackSecretOf('acme', 'a key')).toBe(secret);
  expect(callbackSecretOf('acm', 'a key')).not.toBe(secret);
  expect(callbackSecretOf('acme', 'another key')).not.toBe(secret);
});
