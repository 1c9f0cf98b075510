import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { listPage } from '../../../../functions/sandbox-host/dialect/control/list-page.ts';
import type { Sandbox } from '../../../../functions/sandbox-host/sandboxes/sandbox.ts';

type Listed = Pick<Sandbox, 'id' | 'startedAtMs' | 'template' | 'metadata'>;

function sandbox(id: string, startedAtMs: number, metadata: Record<string, string> = {}): Sandbox {
  return { id, startedAtMs, template: 'python', metadata } satisfies Listed as unknown as Sandbox;
}

const ids = (sandboxes: readonly Listed[]) => sandboxes.map(({ id }) => id);
const query = (values: Record<string, string>) => new URLSearchParams(values);

test('lists the newest first, or the oldest', () => {
  const all = [sandbox('a', 1), sandbox('b', 3), sandbox('c', 2)];

  expect(ids(listPage(all, query({})).sandboxes)).toEqual(['b', 'c', 'a']);
  expect(ids(listPage(all, query({ order: 'asc' })).sandboxes)).toEqual(['a', 'c', 'b']);
});

test('filters by all that is asked for', () => {
  const all = [
    sandbox('a', 1_000, { k: 'v w', x: '1' }),
    sandbox('b', 2_000, { k: 'v w' }),
    sandbox('c', 3_000),
  ];
  const pairs = new URLSearchParams({ k: encodeURIComponent('v w') }).toString();

  expect(ids(listPage(all, query({ metadata: pairs })).sandboxes)).toEqual(['b', 'a']);
  expect(ids(listPage(all, query({ metadata: `${pairs}&x=1` })).sandboxes)).toEqual(['a']);
  expect(ids(listPage(all, query({ startedAfter: new Date(1_000).toISOString() })).sandboxes)).toEqual([
    'c',
    'b',
  ]);
  expect(ids(listPage(all, query({ template: 'bash' })).sandboxes)).toEqual([]);
  expect(ids(listPage(all, query({ state: 'running,paused' })).sandboxes)).toEqual(['c', 'b', 'a']);
  expect(ids(listPage(all, query({ state: 'paused' })).sandboxes)).toEqual([]);
});

test('lists each sandbox that was there all the time exactly once, whatever comes and goes between pages', () => {
  const many = fc.uniqueArray(fc.record({ id: fc.stringMatching(/^[a-z]{1,5}$/), startedAtMs: fc.nat(5) }), {
    selector: ({ id }) => id,
    maxLength: 12,
  });
  fc.assert(
    fc.property(many, fc.integer({ min: 1, max: 4 }), fc.boolean(), (entries, limit, isAscending) => {
      const all = entries.map(({ id, startedAtMs }) => sandbox(id, startedAtMs));
      const leaving = all.filter((_, index) => index % 3 === 0);
      const seen: string[] = [];
      let token: string | null = '';
      for (let page = 0; token !== null; page += 1) {
        const present =
          page === 0 ? all : all.filter((one) => !leaving.includes(one)).concat(sandbox(`new${page}`, 9));
        const order = isAscending ? 'asc' : 'desc';
        const answer = listPage(present, query({ limit: String(limit), nextToken: token, order }));
        seen.push(...ids(answer.sandboxes));
        token = page > 30 ? null : answer.nextToken;
      }
      const staying = ids(all.filter((one) => !leaving.includes(one)));
      expect(seen.filter((id) => staying.includes(id)).toSorted()).toEqual(staying.toSorted());
      expect(new Set(seen).size).toBe(seen.length);
    }),
  );
});
