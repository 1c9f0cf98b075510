import { expect, test } from '@jest/globals';
import { BackendError, type BackendResult } from '../../../shared/ports/sandbox-backend.ts';
import type { E2bBackend } from '../../../shared/sandboxes/e2b/e2b-backend.ts';
import { createGvisorBackend } from '../../../shared/sandboxes/gvisor/gvisor-backend.ts';
import { backendJob } from '../../support/e2b-fixture.ts';

const result = { artifacts: [] } as unknown as BackendResult;
const full = new BackendError('backend_unavailable', 'All sandboxes are busy.', { beforeStart: true });
const lost = new BackendError('sandbox_lost', 'Lost.', { beforeStart: false });

/** Hosts by address, each with what its jobs come to; remembers who was asked and who was let go of. */
function createHosts(hosts: Record<string, BackendResult | BackendError>, tookMs = 0) {
  const asked: string[] = [];
  const closed: string[] = [];
  let nowMs = 0;
  const addresses = Object.keys(hosts);
  const backend = createGvisorBackend({
    url: 'http://sandbox-host.cordon.internal:8080',
    lookUp: async () => addresses,
    nowMs: () => nowMs,
    connect: (url): E2bBackend => ({
      name: 'gvisor',
      async run() {
        asked.push(url);
        nowMs += tookMs;
        const answer = hosts[new URL(url).hostname] ?? full;
        if (answer instanceof BackendError) throw answer;
        return answer;
      },
      idle: async () => {},
      close: async () => void closed.push(url),
    }),
  });
  return { backend, asked, closed, addresses };
}

test('a job keeps to the address of one host', async () => {
  const { backend, asked } = createHosts({ '10.0.0.7': result });

  await expect(backend.run(backendJob())).resolves.toBe(result);

  expect(asked).toEqual(['http://10.0.0.7:8080']);
});

test('without a host nothing has started, and another attempt may find one', async () => {
  const { backend } = createHosts({});
  await expect(backend.run(backendJob())).rejects.toMatchObject({
    failure: 'backend_unavailable',
    beforeStart: true,
    message: 'No sandbox host is running.',
  });
});

test('a full host sends the job on to the next one, whichever comes first', async () => {
  for (let time = 0; time < 10; time += 1) {
    const { backend } = createHosts({ '10.0.0.7': full, '10.0.0.8': result, '10.0.0.9': full });
    await expect(backend.run(backendJob())).resolves.toBe(result);
  }
});

test('when all are full, their refusal is the answer', async () => {
  const { backend, asked } = createHosts({ '10.0.0.7': full, '10.0.0.8': full });

  await expect(backend.run(backendJob())).rejects.toBe(full);
  expect(asked).toHaveLength(2);
});

test('a job that may have started goes to no other host', async () => {
  const { backend, asked } = createHosts({ '10.0.0.7': lost, '10.0.0.8': lost });

  await expect(backend.run(backendJob())).rejects.toBe(lost);
  expect(asked).toHaveLength(1);
});

test('a host that took long to refuse leaves no time for another', async () => {
  const { backend, asked } = createHosts({ '10.0.0.7': full, '10.0.0.8': full }, 4_000);

  await expect(backend.run(backendJob())).rejects.toBe(full);
  expect(asked).toHaveLength(1);
});

test('a host that is gone is let go of', async () => {
  const { backend, closed, addresses } = createHosts({ '10.0.0.7': result, '10.0.0.8': result });
  for (let time = 0; time < 20; time += 1) await backend.run(backendJob());
  addresses.splice(addresses.indexOf('10.0.0.7'), 1);

  await backend.run(backendJob());

  expect(closed).toEqual(['http://10.0.0.7:8080']);
});
