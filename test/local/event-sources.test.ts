import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import {
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { handledMessages } from '../../local/event-sources/sqs-event.ts';
import type { LocalCloud } from '../../local/start-local-cloud.ts';
import { clientOf, eventually, nameOf, startFixture } from './support/fixture-cloud.ts';

let cloud: LocalCloud;
let sqs: SQSClient;
let dynamo: DynamoDBClient;
let QueueUrl: string;

beforeAll(async () => {
  cloud = await startFixture();
  sqs = new SQSClient(clientOf(cloud.endpoints.sqs));
  dynamo = new DynamoDBClient(clientOf(cloud.endpoints.dynamodb));
  QueueUrl = nameOf(cloud, 'AWS::SQS::Queue', 'Queue');
});
afterAll(async () => {
  sqs.destroy();
  dynamo.destroy();
  await cloud.close();
});

const send = (message: Record<string, unknown>) =>
  sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(message) }));
const delivery = async (id: string) => {
  const TableName = nameOf(cloud, 'AWS::DynamoDB::GlobalTable', 'Table');
  const Key = { pk: { S: 'delivery' }, sk: { S: id } };
  const { Item } = await dynamo.send(new GetItemCommand({ TableName, Key }));
  return Item && { times: Number(Item.n?.N), latencyMs: Number(Item.latency?.N) };
};
const isEmpty = async () => {
  const AttributeNames = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const;
  const { Attributes = {} } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [...AttributeNames] }),
  );
  return AttributeNames.every((name) => Attributes[name] === '0') ? true : undefined;
};

describe('an event source mapping', () => {
  test('delivers a message at once and deletes it after success', async () => {
    await send({ id: 'warm-up' });
    await eventually(() => delivery('warm-up'));

    const latencies: number[] = [];
    for (let n = 0; n < 20; n += 1) {
      await send({ id: `prompt-${n}`, sentAtMs: Date.now() });
      latencies.push((await eventually(() => delivery(`prompt-${n}`))).latencyMs);
    }

    // Asking at intervals would be late each time, as each message follows the delivery before; a busy machine isn't.
    expect(Math.min(...latencies)).toBeLessThan(50);
    await eventually(isEmpty);
  });

  test('runs no more invocations at once than its maximum concurrency', async () => {
    const startedAt = Date.now();
    const Entries = Array.from({ length: 10 }, (_, n) => ({
      Id: String(n),
      MessageBody: JSON.stringify({ id: `slow-${n}`, delayMs: 40 }),
    }));

    await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));

    await eventually(isEmpty);
    // Ten times 40 ms of work by two at most: no faster than a fifth of a second.
    expect(Date.now() - startedAt).toBeGreaterThanOrEqual(190);
    expect(await delivery('slow-9')).toMatchObject({ times: 1 });
  });

  test('delivers only the failed message of a batch again, after the visibility timeout', async () => {
    const Entries = [{ id: 'partial-ok' }, { id: 'partial-once', fail: 'once' }].map((message, n) => ({
      Id: String(n),
      MessageBody: JSON.stringify(message),
    }));
    const sentAt = Date.now();

    await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));

    await eventually(async () => ((await delivery('partial-once'))?.times === 2 ? true : undefined));
    expect(Date.now() - sentAt).toBeGreaterThanOrEqual(1_900);
    expect(await delivery('partial-ok')).toMatchObject({ times: 1 });
    await eventually(isEmpty);
  });

  test.each(['always', 'batch'])('gives a message that fails (%s) to the dead-letter queue', async (fail) => {
    const id = `dead-${fail}`;

    const { MessageId } = await send({ id, fail });

    const dead = await eventually(async () => {
      const DeadLetters = nameOf(cloud, 'AWS::SQS::Queue', 'DeadLetters');
      const { Messages } = await sqs.send(
        new ReceiveMessageCommand({ QueueUrl: DeadLetters, WaitTimeSeconds: 1 }),
      );
      return Messages?.[0];
    });
    expect(dead.MessageId).toBe(MessageId);
    expect((await delivery(id))?.times).toBe(2);
    await eventually(isEmpty);
  });
});

describe('the answer of a function with partial failures', () => {
  const messages = ['a', 'b'].map((MessageId) => ({
    MessageId,
    ReceiptHandle: MessageId,
    Body: '',
    MD5OfBody: '',
  }));

  test.each([
    ['null', ['a', 'b']],
    ['{}', ['a', 'b']],
    ['{"batchItemFailures":[]}', ['a', 'b']],
    ['{"batchItemFailures":[{"itemIdentifier":"a"}]}', ['b']],
    ['{"batchItemFailures":[{"itemIdentifier":"unknown"}]}', []],
    ['{"batchItemFailures":[{"itemIdentifier":""}]}', []],
    ['{"batchItemFailures":[{"other":"a"}]}', []],
    ['{"batchItemFailures":"a"}', []],
  ])('%s means that %j were handled', (payload, handled) => {
    expect(handledMessages(messages, payload).map(({ MessageId }) => MessageId)).toEqual(handled);
  });
});
