import { expect, test } from '@jest/globals';
import { ulid } from 'ulid';
import { type BackendName, backends } from '../../shared/domain/execution.ts';
import { defaultLimits } from '../../shared/domain/limits.ts';
import { findRoute, type RoutingNeeds, type RoutingRules } from '../../shared/domain/routing.ts';

const everything: RoutingRules = { present: backends, disabled: [], weights: {}, tenantBackends: null };
const simple: RoutingNeeds = {
  executionId: 'exe_1',
  requested: 'auto',
  limits: defaultLimits,
  wantsArtifacts: false,
  unsupportedByWasm: null,
};
const needsNumpy = { unsupportedByWasm: 'the module numpy' };

type Case = [name: string, needs: Partial<RoutingNeeds>, rules: Partial<RoutingRules>, route: BackendName[]];

const routed: Case[] = [
  ['to wasm what it can run', {}, {}, ['wasm']],
  ['to e2b what wasm can not run, with gvisor behind it', needsNumpy, {}, ['e2b', 'gvisor']],
  ['to e2b what leaves artifacts', { wantsArtifacts: true }, {}, ['e2b', 'gvisor']],
  [
    'to the backend with room for the limits',
    { limits: { ...defaultLimits, memoryMiB: 1_024 } },
    {},
    ['gvisor'],
  ],
  ['to gvisor without e2b', needsNumpy, { present: ['wasm', 'gvisor'] }, ['gvisor']],
  ['to gvisor when e2b is off', needsNumpy, { disabled: ['e2b'] }, ['gvisor']],
  ['to e2b alone when gvisor is off', needsNumpy, { disabled: ['gvisor'] }, ['e2b']],
  ['around what the tenant may not use', {}, { tenantBackends: ['gvisor'] }, ['gvisor']],
  ['without a fallback that the tenant may not use', needsNumpy, { tenantBackends: ['e2b'] }, ['e2b']],
  ['to the backend that was asked for', { requested: 'gvisor' }, {}, ['gvisor']],
  ['without a fallback to the backend that was asked for', { requested: 'e2b' }, {}, ['e2b']],
  [
    'past weights to the backend that was asked for',
    { requested: 'e2b' },
    { weights: { gvisor: 1 } },
    ['e2b'],
  ],
  ['to wasm whatever weights the others have', {}, { weights: { e2b: 90, gvisor: 10 } }, ['wasm']],
  ['by weight from e2b', needsNumpy, { weights: { e2b: 0, gvisor: 10 } }, ['gvisor']],
  ['by weight from wasm', {}, { weights: { wasm: 0, gvisor: 1 } }, ['gvisor']],
  ['by order when all weights are zero', needsNumpy, { weights: { e2b: 0, gvisor: 0 } }, ['e2b', 'gvisor']],
  [
    'by weight among those that can run it',
    needsNumpy,
    { weights: { wasm: 99, e2b: 1 }, disabled: ['gvisor'] },
    ['e2b'],
  ],
];

test.each(routed)('routes %s', (_, needs, rules, route) => {
  expect(findRoute({ ...simple, ...needs }, { ...everything, ...rules })).toEqual({ kind: 'route', route });
});

test('names what stands in the way of each backend', () => {
  const routing = findRoute(
    { ...simple, ...needsNumpy },
    { ...everything, present: ['wasm', 'gvisor'], disabled: ['gvisor'] },
  );

  expect(routing).toEqual({
    kind: 'blocked',
    obstacles: [
      { backend: 'wasm', reason: 'the module numpy' },
      { backend: 'e2b', reason: 'this service does not have it' },
      { backend: 'gvisor', reason: 'the operator has switched it off' },
    ],
  });
});

const blocked: [Partial<RoutingNeeds>, Partial<RoutingRules>, RegExp][] = [
  [{ requested: 'e2b' }, { present: ['wasm'] }, /does not have it/],
  [{ requested: 'wasm', wantsArtifacts: true }, {}, /artifacts/],
  [{ requested: 'wasm', limits: { ...defaultLimits, diskMiB: 129 } }, {}, /at most 128 for limits\.diskMiB/],
  [{ requested: 'gvisor' }, { tenantBackends: [] }, /policy/],
  [{ requested: 'gvisor' }, { disabled: ['gvisor'] }, /switched it off/],
];

test.each(blocked)('refuses %j under %j', (needs, rules, reason) => {
  expect(findRoute({ ...simple, ...needs }, { ...everything, ...rules })).toMatchObject({
    kind: 'blocked',
    obstacles: [{ backend: needs.requested, reason: expect.stringMatching(reason) }],
  });
});

test('a canary gets its share, and an execution the same backend at every try', () => {
  const rules = { ...everything, weights: { e2b: 90, gvisor: 10 } };
  const firstOf = (executionId: string) => {
    const routing = findRoute({ ...simple, ...needsNumpy, executionId }, rules);
    return routing.kind === 'route' ? routing.route[0] : null;
  };
  const ids = Array.from({ length: 10_000 }, (_, index) => `exe_${ulid(1_700_000_000_000 + index)}`);

  const chosen = ids.map(firstOf);

  const share = chosen.filter((backend) => backend === 'gvisor').length / ids.length;
  expect(share).toBeGreaterThan(0.08);
  expect(share).toBeLessThan(0.12);
  expect(ids.map(firstOf)).toEqual(chosen);
});

test('a canary of ids that differ in one letter gets its share too', () => {
  const rules = { ...everything, weights: { e2b: 50, gvisor: 50 } };
  const ids = Array.from({ length: 1_000 }, (_, index) => `exe_01ARZ3NDEKTSV4RRFFQ6${index}`);

  const routes = ids.map((executionId) => findRoute({ ...simple, ...needsNumpy, executionId }, rules));

  const toGvisor = routes.filter((routing) => routing.kind === 'route' && routing.route[0] === 'gvisor');
  expect(toGvisor.length).toBeGreaterThan(400);
  expect(toGvisor.length).toBeLessThan(600);
});
