import { expect, test } from '@jest/globals';
import type { BackendResult } from '../../../shared/ports/sandbox-backend.ts';
import { createE2bCloudBackend } from '../../../shared/sandboxes/e2b/e2b-cloud-backend.ts';
import { backendJob } from '../../support/e2b-fixture.ts';

const result = { artifacts: [] } as unknown as BackendResult;

function createCloud(keys: (string | null | Error)[]) {
  const log: string[] = [];
  const backend = createE2bCloudBackend({
    async readKey() {
      const key = keys.shift();
      if (key === undefined) throw new Error('no more keys');
      if (key instanceof Error) throw key;
      return key;
    },
    connect: (key) => ({
      name: 'e2b',
      run: async () => {
        log.push(`run with ${key}`);
        return result;
      },
      idle: async () => {},
      close: async () => void log.push(`close ${key}`),
    }),
  });
  return { backend, log };
}

test('a key that was replaced is used from then on', async () => {
  const { backend, log } = createCloud(['first', 'first', 'second']);

  for (let time = 0; time < 3; time += 1) await backend.run(backendJob());

  expect(log).toEqual(['run with first', 'run with first', 'close first', 'run with second']);
});

test('without a key the program is left to another lane', async () => {
  const { backend, log } = createCloud([null]);

  await expect(backend.run(backendJob())).rejects.toMatchObject({ beforeStart: true });
  expect(log).toEqual([]);
});

test('a key that can not be read leaves the program to another lane', async () => {
  const { backend, log } = createCloud([new Error('access denied'), 'key']);

  await expect(backend.run(backendJob())).rejects.toMatchObject({
    failure: 'backend_unavailable',
    beforeStart: true,
    message: 'The backend is not configured.',
  });
  await expect(backend.run(backendJob())).resolves.toBe(result);
  expect(log).toEqual(['run with key']);
});
