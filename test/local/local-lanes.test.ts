import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readGvisorSetup } from '../../local/gvisor-setup.ts';
import { findLocalLanes } from '../../local/local-lanes.ts';

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'local-lanes-'));
});
afterAll(() => rmSync(directory, { recursive: true }));

test('E2B_API_KEY adds the e2b lane', async () => {
  const lanes = await findLocalLanes({ E2B_API_KEY: 'key', CORDON_LANES: 'wasm,e2b' }, ':memory:');

  expect(lanes.e2bKey).toBe('key');
  expect(lanes.report(null)).toEqual({ on: ['e2b', 'wasm'], off: ['gvisor: not in CORDON_LANES'] });
});

test('a lane that is off says how to get it', async () => {
  const { off, on } = (await findLocalLanes({ CORDON_LANES: 'wasm,e2b' }, ':memory:')).report(null);

  expect(on).toEqual(['wasm']);
  expect(off[0]).toMatch(/^e2b: set E2B_API_KEY/);
});

test('CORDON_LANES keeps the key of a lane that it leaves out', async () => {
  const lanes = await findLocalLanes({ E2B_API_KEY: 'key', CORDON_LANES: 'wasm' }, ':memory:');
  expect(lanes.e2bKey).toBeNull();
});

test('a lane that does not exist stops the start', async () => {
  await expect(findLocalLanes({ CORDON_LANES: 'wasm,docker' }, ':memory:')).rejects.toThrow(/"docker"/);
});

test('two data directories are two deployments, and one is the same at every start', async () => {
  const deployments = await Promise.all(
    ['a', 'b', 'a'].map(async (name) => (await findLocalLanes({}, name)).deployment),
  );
  expect(deployments[0]).toBe(deployments[2]);
  expect(deployments[0]).not.toBe(deployments[1]);
});

test('gVisor is found by what its setup left', async () => {
  expect(await readGvisorSetup(directory)).toBeNull();
  const file = (path: string) => ({ path, sha256: 'f'.repeat(64) });
  const setup = {
    runsc: { ...file('/r'), version: '1' },
    launcher: file('/l'),
    caller: file('/c'),
    rootfs: file('/i'),
  };
  writeFileSync(join(directory, 'setup.json'), JSON.stringify(setup));

  expect(readGvisorSetup(directory)).toEqual({
    CORDON_RUNSC: '/r',
    CORDON_LAUNCHER: '/l',
    CORDON_SENTRY_CALLER: '/c',
    CORDON_ROOTFS: '/i',
  });
});

test('what an older setup left is refused, with the command that mends it', () => {
  writeFileSync(join(directory, 'setup.json'), JSON.stringify({ runsc: { path: '/r' } }));

  expect(() => readGvisorSetup(directory)).toThrow('run "npm run setup:gvisor" again');
});
