import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { ulid } from 'ulid';
import { redactResult } from '../../../functions/run-execution/redact-result.ts';
import type { SandboxReport } from '../../../shared/domain/sandbox-report.ts';
import { sealSecrets } from '../../../shared/executions/sealed-secrets.ts';
import { BackendError, type BackendJob, type BackendResult } from '../../../shared/ports/sandbox-backend.ts';
import { type LaneFixture, startLanes } from '../../support/lane-fixture.ts';
import { sampleExecution, sampleProgram } from '../../support/sample-execution.ts';

const secrets = { DB_PASSWORD: 'correct horse battery' };
const awsKey = `AK${'IA'}${'QWERTYUIOP234567'}`;

const report: SandboxReport = {
  ending: { kind: 'exited', exitCode: 1 },
  stdout: `key ${awsKey}\n`,
  stderr: '',
  truncated: { stdout: false, stderr: false },
  error: null,
  usage: { wallTimeMs: 12, cpuTimeMs: 9, peakMemoryMiB: 31, outputBytes: 2 },
  sandboxStartMs: 4,
};

let lanes: LaneFixture;
beforeEach(async () => {
  lanes = await startLanes(new Date('2026-03-01T00:00:00.000Z'));
});
afterEach(() => lanes.close());

/** A program that gives away all it has, wherever it can write. */
function leak({ program }: BackendJob): BackendResult {
  const all = JSON.stringify(program.env);
  const file = (path: string) => ({ path, content: Buffer.from(`${all} ${awsKey}`) });
  return {
    report: {
      ...report,
      stdout: `${report.stdout}${all}`,
      stderr: Buffer.from(all).toString('base64'),
      error: { type: 'Error', message: `no ${all}`, line: 1 },
    },
    artifacts: [file('out.txt'), file('unknown.bin'), file(`${secrets.DB_PASSWORD}.csv`)],
  };
}

const backend = { name: 'e2b' as const, run: async (job: BackendJob) => leak(job) };
const gvisor = { name: 'gvisor' as const, run: async (job: BackendJob) => leak(job) };
const down = {
  name: 'e2b' as const,
  run: () => Promise.reject(new BackendError('backend_unavailable', 'E2B is down.', { beforeStart: true })),
};

async function submit(withKey = true): Promise<string> {
  const id = `exe_${ulid()}`;
  const { sealed, key } = sealSecrets(id, secrets);
  const execution = sampleExecution({ id, lane: 'e2b', backend: 'e2b', route: ['e2b', 'gvisor'] });
  await lanes.tables.store.admit(
    execution,
    { ...sampleProgram({ env: { PLAIN: 'x' } }), artifacts: ['*'] },
    { sealedSecrets: sealed },
  );
  await lanes.queues.e2b.send(id, withKey ? key : undefined);
  return id;
}

async function itemOf(id: string) {
  const { Item = {} } = await lanes.tables.client.send(
    new GetItemCommand({ TableName: 'executions', Key: { id: { S: id } } }),
  );
  return Item;
}

async function expectNothingLeft(id: string): Promise<void> {
  const found = await lanes.tables.store.findWithOutput('acme', id);
  expect(JSON.stringify(found)).not.toMatch(/correct|AKIA/);
  expect(await itemOf(id)).not.toHaveProperty('sealedSecrets');
  expect(lanes.files.size).toBeGreaterThan(0);
  for (const content of lanes.files.values()) {
    expect(Buffer.from(content).toString()).toMatch(
      /\[REDACTED:marked-secret\].*\[REDACTED:aws-access-key\]/,
    );
    expect(Buffer.from(content).toString()).not.toMatch(/correct|AKIA/);
  }
}

test('the program gets its secrets; what it gives away is redacted before it is stored', async () => {
  const id = await submit();
  expect(JSON.stringify(await itemOf(id))).toContain('sealedSecrets');

  const result = await lanes.deliver(backend);

  expect(result).toMatchObject({ kind: 'completed' });
  await expectNothingLeft(id);
  expect(await lanes.tables.store.findWithOutput('acme', id)).toMatchObject({
    execution: {
      error: { message: 'no {"PLAIN":"x","DB_PASSWORD":"[REDACTED:marked-secret]"}' },
      artifacts: [
        { path: '[REDACTED:marked-secret].csv', mediaType: 'text/csv' },
        { path: 'out.txt' },
        { path: 'unknown.bin' },
      ],
      redactions: [
        { kind: 'aws-access-key', stream: 'stdout', count: 1 },
        { kind: 'marked-secret', stream: 'stdout', count: 1 },
        { kind: 'marked-secret', stream: 'stderr', count: 1 },
        { kind: 'marked-secret', stream: 'error', count: 1 },
        { kind: 'marked-secret', stream: 'artifacts', count: 4 },
        { kind: 'aws-access-key', stream: 'artifacts', count: 3 },
      ],
    },
    output: {
      stdout: 'key [REDACTED:aws-access-key]\n{"PLAIN":"x","DB_PASSWORD":"[REDACTED:marked-secret]"}',
    },
  });
});

test('the key goes along to the next lane', async () => {
  const id = await submit();

  expect(await lanes.deliver(down)).toMatchObject({ kind: 'handed_over' });
  expect(await lanes.deliver(gvisor)).toMatchObject({ kind: 'completed' });

  await expectNothingLeft(id);
});

test('without the key the execution fails, and its secrets are gone', async () => {
  const id = await submit(false);

  const result = await lanes.deliver(backend);

  expect(result).toMatchObject({ kind: 'failed', failure: { code: 'internal' } });
  expect(await itemOf(id)).not.toHaveProperty('sealedSecrets');
});

test.each<[string, Partial<SandboxReport>]>([
  ['was cut', { truncated: { stdout: true, stderr: false } }],
  ['ended with the program', { ending: { kind: 'limited', limit: 'wallTimeMs' } }],
])('an output that %s shows no beginning of a secret', (_, change) => {
  const { report: redacted } = redactResult({ ...report, stdout: 'at correct hor', ...change }, [], {
    secrets: Object.values(secrets),
  });
  expect(redacted.stdout).toBe('at [REDACTED:marked-secret]');
});

test('a message that was cut shows no beginning of a secret', () => {
  const message = `${'x'.repeat(9_990)} correct h`;
  const { report: redacted } = redactResult({ ...report, error: { type: 'E', message, line: 1 } }, [], {
    secrets: Object.values(secrets),
  });
  expect(redacted.error?.message).toBe(`${'x'.repeat(9_990)} [REDACTED:marked-secret]`);
});

test('images, and other files with bytes that no text has, stay as they are', () => {
  const content = Buffer.concat([Buffer.from([0x89, 0x50, 0, 0xff]), Buffer.from(awsKey)]);
  const artifact = { path: 'a.png', bytes: content.length, mediaType: 'image/png', content };
  expect(redactResult(report, [artifact], {}).artifacts).toEqual([artifact]);
});
