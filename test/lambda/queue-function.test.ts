import { expect, test } from '@jest/globals';
import type { Context, SQSEvent } from 'aws-lambda';
import { type LaneMessage, laneMessageSchema } from '../../shared/contract/lane-message.ts';
import type { Disposition } from '../../shared/lambda/queue-function.ts';

// Read when the logger and the metrics are made, by the import below.
process.env.POWERTOOLS_LOG_LEVEL = 'SILENT';
process.env.POWERTOOLS_METRICS_DISABLED = 'true';
const { queueFunction } = await import('../../shared/lambda/queue-function.ts');

const idOf = (number: number) => `exe_${String(number).padStart(26, '0')}`;
const [throws, again] = [idOf(98), idOf(99)];
const right = { schemaVersion: 1, executionId: idOf(1) };
const unreadable: [string, string][] = [
  ['a version that is not known yet', JSON.stringify({ ...right, schemaVersion: 2 })],
  ['a version that is not known any more', JSON.stringify({ ...right, schemaVersion: 0 })],
  ['no version', JSON.stringify({ executionId: idOf(1) })],
  ['a field that nobody knows', JSON.stringify({ ...right, source: 'print(1)' })],
  ["another item's key", JSON.stringify({ ...right, executionId: `cancel#${idOf(1)}` })],
  ['an empty id', JSON.stringify({ ...right, executionId: '' })],
  ['an id that is no text', JSON.stringify({ ...right, executionId: { S: idOf(1) } })],
  ['a key that is none', JSON.stringify({ ...right, secretsKey: '§' })],
  ['no JSON', '{"schemaVersion": 1, '],
  ['nothing', ''],
  ['null', 'null'],
];

/** What comes again of messages with these bodies, and what was handled. */
async function deliver(bodies: string[], options?: { unreadable: Disposition }) {
  const handled: LaneMessage[] = [];
  const handler = queueFunction(
    laneMessageSchema,
    async (message) => {
      handled.push(message);
      if (message.executionId === throws) throw new Error('a bug');
      return message.executionId === again ? 'again' : 'done';
    },
    options,
  );
  const Records = bodies.map((body, index) => ({ messageId: String(index), body }));
  const { batchItemFailures } = await handler({ Records } as SQSEvent, {} as Context);
  return { handled, again: batchItemFailures.map(({ itemIdentifier }) => Number(itemIdentifier)) };
}

test.each(unreadable)('a message with %s is not handled, and comes again', async (_, body) => {
  expect(await deliver([body])).toEqual({ handled: [], again: [0] });
});

test.each(unreadable)('a dead letter with %s is not handled, and ends', async (_, body) => {
  expect(await deliver([body], { unreadable: 'done' })).toEqual({ handled: [], again: [] });
});

test('each message of a batch fares by itself', async () => {
  const ids = [idOf(1), again, throws, idOf(2)];
  const bodies = ids.map((executionId) => JSON.stringify({ ...right, executionId }));

  const { handled, again: comesAgain } = await deliver([...bodies, 'no JSON']);

  expect(handled.map(({ executionId }) => executionId)).toEqual(ids);
  expect(comesAgain).toEqual([1, 2, 4]);
});
