import { expect, test } from '@jest/globals';
import { sandboxHostEnvironment } from '../../shared/contract/sandbox-host-environment.ts';

const least = {
  PORT: '0',
  HOST_API_KEY: 'k'.repeat(16),
  CORDON_RUNSC: '/runsc',
  CORDON_ROOTFS: '/rootfs.erofs',
  CORDON_LAUNCHER: '/launch-sentry',
  CORDON_SENTRY_CALLER: '/call-sentry',
};

test('listens on loopback, keeps nothing warm and boots sentries unless it is told to do otherwise', () => {
  expect(sandboxHostEnvironment.parse(least)).toMatchObject({
    PORT: 0,
    HOST: '127.0.0.1',
    WARM: {},
    SANDBOX_MODE: 'boot',
    DRAIN_SECONDS: 25,
  });
});

test('reads how many guests to keep warm', () => {
  const { WARM } = sandboxHostEnvironment.parse({ ...least, WARM: '{"python":2,"bash":0}' });

  expect(WARM).toEqual({ python: 2, bash: 0 });
});

test.each([
  ['no key', { HOST_API_KEY: undefined }],
  ['a key that can be guessed', { HOST_API_KEY: 'short' }],
  ['a port that is none', { PORT: 'http' }],
  ['warm guests that are no JSON', { WARM: 'python=2' }],
  ['warm guests of an unknown template', { WARM: '{"ruby":1}' }],
  ['fewer than no warm guests', { WARM: '{"python":-1}' }],
  ['an unknown mode', { SANDBOX_MODE: 'none' }],
])('refuses %s', (_name, change) => {
  expect(sandboxHostEnvironment.safeParse({ ...least, ...change }).success).toBe(false);
});
