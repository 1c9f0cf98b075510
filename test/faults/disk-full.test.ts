import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { findBreaches } from '../../scripts/records/find-breaches.ts';
import { createFaultyCloud, type FaultyCloud } from '../support/faults/faulty-cloud.ts';

/** Enough to start with, not enough for long. */
const fileKiB = 900;
const mostSubmissions = 500;
const restsWithinMs = 60_000;

let cloud: FaultyCloud;
beforeAll(async () => {
  cloud = await createFaultyCloud();
  await cloud.start({ fileKiB });
}, 60_000);
afterAll(() => cloud.end(), 60_000);

/** What was accepted until the service said for the first time that it can't go on. */
async function submitUntilFull(): Promise<{ admitted: string[]; status: number }> {
  const admitted: string[] = [];
  for (let n = 0; n < mostSubmissions; n += 1) {
    const source = `x = '${randomBytes(2_000).toString('base64')}'`;
    const answer = await cloud.client().submit({ language: 'python', source, limits: { wallTimeMs: 1_000 } });
    if (!answer.ok) return { admitted, status: answer.status };
    admitted.push(answer.body.id);
  }
  return { admitted, status: 0 };
}

test('a disk that is full refuses what it can not keep, and all that was accepted runs when there is room', async () => {
  const { admitted, status } = await submitUntilFull();
  expect(status).toBeGreaterThanOrEqual(500);
  expect(admitted.length).toBeGreaterThan(0);

  await cloud.kill();
  await cloud.start();
  const records = await cloud.rest(restsWithinMs);

  expect(findBreaches(records, admitted)).toEqual([]);
}, 180_000);
