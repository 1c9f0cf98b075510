import { expect, test } from '@jest/globals';
import type { SubmitPorts } from '../../../functions/submit-execution/submit-execution.ts';
import { submitOnce } from '../../../functions/submit-execution/submit-once.ts';
import { parseInput } from '../../../shared/contract/parse-input.ts';
import { submitRequestSchema } from '../../../shared/contract/submit-request.ts';
import type { BackendName, Execution } from '../../../shared/domain/execution.ts';
import type { OperatorSettings } from '../../../shared/domain/operator-settings.ts';
import type { Policy } from '../../../shared/domain/policy.ts';
import type { Order } from '../../../shared/domain/program.ts';
import { readWasmFromPackages } from '../../../shared/validation/policy/parse/wasm-files.ts';
import { createProgramGate } from '../../../shared/validation/policy/program-gate.ts';
import { controlSettings } from '../../support/control-settings.ts';

const gate = createProgramGate({ readWasm: readWasmFromPackages });

const caller = { tenant: 'acme', keyId: 'key_1', scopes: ['execute'] as const };

interface Situation {
  lanes?: BackendName[];
  settings?: Partial<OperatorSettings>;
  policy?: Partial<Policy>;
  sends?: boolean;
}

function createPorts({ lanes = ['wasm', 'e2b', 'gvisor'], settings, policy, sends = true }: Situation) {
  const sent: string[] = [];
  const admitted: [Execution, Order][] = [];
  const withdrawn: string[] = [];
  const never = () => Promise.reject(new Error('not part of a submission'));
  const queueOf = (lane: string) => ({
    delay: never,
    async send(id: string) {
      if (!sends) throw new Error('SQS is down');
      sent.push(`${lane} ${id}`);
    },
  });
  const ports: SubmitPorts = {
    store: {
      async admit(execution, order) {
        admitted.push([execution, order]);
        return null;
      },
      async withdraw({ id }) {
        withdrawn.push(id);
        return true;
      },
      findEarlierRequest: never,
      findWithOutput: never,
      list: never,
      claim: never,
      complete: never,
      requeue: never,
      handOver: never,
      fail: never,
      cancel: never,
      requestCancel: never,
      isCancelRequested: never,
      renew: never,
      endLost: never,
      load: never,
    },
    queues: Object.fromEntries(lanes.map((lane) => [lane, queueOf(lane)])),
    settings: controlSettings(settings, policy),
    checkSyntax: async () => [],
    gate,
    callbackTargets: 'local' as const,
    clock: () => new Date('2026-03-01T00:00:00.000Z'),
    newId: () => 'exe_1',
  };
  return { ports, sent, admitted, withdrawn };
}

async function submit(ports: SubmitPorts, body: object): Promise<Execution> {
  const request = parseInput(submitRequestSchema, { language: 'python', source: 'print(1)', ...body });
  return (await submitOnce(ports, caller, request, { startedMs: performance.now() })).execution;
}

const numpy = { source: 'import json\nimport numpy' };

test.each<[string, object, Situation, string]>([
  ['a plain program to wasm', {}, {}, 'wasm exe_1'],
  ['numpy to e2b', numpy, {}, 'e2b exe_1'],
  [
    'bash to gvisor when e2b is switched off',
    { language: 'bash' },
    { settings: { disabledBackends: ['e2b'] } },
    'gvisor exe_1',
  ],
  [
    'artifacts to gvisor when there is no e2b',
    { artifacts: ['*.png'] },
    { lanes: ['wasm', 'gvisor'] },
    'gvisor exe_1',
  ],
  ['what the tenant allows', {}, { policy: { backends: ['e2b'] } }, 'e2b exe_1'],
  ['a canary', numpy, { settings: { weights: { e2b: 0, gvisor: 1 } } }, 'gvisor exe_1'],
])('sends %s', async (_, body, situation, expected) => {
  const { ports, sent } = createPorts(situation);

  await submit(ports, body);

  expect(sent).toEqual([expected]);
});

test('the execution carries its route, the order the artifacts that are wanted', async () => {
  const { ports, admitted } = createPorts({});

  const execution = await submit(ports, { ...numpy, artifacts: ['out/*.png'] });

  expect(execution).toMatchObject({ lane: 'e2b', backend: 'e2b', route: ['e2b', 'gvisor'] });
  expect(admitted).toEqual([[execution, expect.objectContaining({ artifacts: ['out/*.png'] })]]);
});

test.each<[string, object, Situation, RegExp, number | undefined]>([
  ['numpy on wasm alone', numpy, { lanes: ['wasm'] }, /wasm: the module numpy .*; e2b: .*; gvisor: /, 2],
  [
    'a backend that is not there',
    { ...numpy, backend: 'e2b' },
    { lanes: ['wasm'] },
    /e2b: this service does not have it\.$/,
    undefined,
  ],
  [
    'artifacts on wasm',
    { artifacts: ['*'], backend: 'wasm' },
    {},
    /wasm: it collects no artifacts/,
    undefined,
  ],
])('refuses %s, and nothing is admitted', async (_, body, situation, detail, line) => {
  const { ports, admitted } = createPorts(situation);

  await expect(submit(ports, body)).rejects.toMatchObject({
    code: 'backend_unavailable',
    message: expect.stringMatching(detail),
    details: line === undefined ? {} : { line },
  });
  expect(admitted).toEqual([]);
});

test('in maintenance every request is turned away with the message of the operator', async () => {
  const { ports, admitted } = createPorts({ settings: { mode: 'maintenance', message: 'back at noon' } });

  await expect(submit(ports, {})).rejects.toMatchObject({ code: 'maintenance', message: 'back at noon' });
  expect(admitted).toEqual([]);
});

test('restricted to wasm, what needs another backend is turned away', async () => {
  const { ports, sent } = createPorts({ settings: { mode: 'restricted' } });

  await expect(submit(ports, numpy)).rejects.toMatchObject({ code: 'backend_unavailable' });
  await submit(ports, {});
  expect(sent).toEqual(['wasm exe_1']);
});

test('takes the admission back when the queue rejects the message', async () => {
  const { ports, withdrawn } = createPorts({ sends: false });

  await expect(submit(ports, {})).rejects.toMatchObject({ code: 'backend_unavailable' });
  expect(withdrawn).toEqual(['exe_1']);
});

test.each([
  [['/etc/*']],
  [['../*']],
  [['out/../../x']],
  [['']],
  [['a//b']],
  [['a\\b']],
  [['x'.repeat(256)]],
  [['*\0']],
  [Array(21).fill('*')],
])('refuses the artifacts %j', (artifacts) => {
  expect(() => parseInput(submitRequestSchema, { language: 'python', source: '1', artifacts })).toThrow();
});
