import { mkdtempSync, rmSync } from 'node:fs';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import {
  ChangeMessageVisibilityCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createCallLog } from '../../local/calls/call-log.ts';
import { s3OperationOf } from '../../local/sqs-and-s3/s3-operation.ts';
import { type SqsAndS3, startSqsAndS3 } from '../../local/sqs-and-s3/start-sqs-and-s3.ts';
import { clientOf } from './support/fixture-cloud.ts';

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'sqs-and-s3-'));
});
afterAll(() => rmSync(directory, { recursive: true }));

async function start(
  name: string,
): Promise<{ emulator: SqsAndS3; sqs: SQSClient; s3: S3Client; QueueUrl: string }> {
  const emulator = await startSqsAndS3(join(directory, name), createCallLog());
  emulator.ensureQueue({ name: 'jobs', attributes: { VisibilityTimeout: '600' } });
  emulator.ensureBucket('objects', []);
  const sqs = new SQSClient(clientOf(emulator.url));
  const { QueueUrl = '' } = await sqs.send(new GetQueueUrlCommand({ QueueName: 'jobs' }));
  return { emulator, sqs, s3: new S3Client(clientOf(emulator.url)), QueueUrl };
}
const receive = async (sqs: SQSClient, QueueUrl: string) => {
  const input = { QueueUrl, MessageSystemAttributeNames: ['ApproximateReceiveCount' as const] };
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand(input));
  return Messages.map(({ Body, Attributes, ReceiptHandle }) => ({
    Body,
    ReceiptHandle,
    times: Attributes?.ApproximateReceiveCount,
  }));
};

test('after a restart on another port the queue has its messages, also those that were in flight', async () => {
  const before = await start('restarted');
  await before.sqs.send(new SendMessageCommand({ QueueUrl: before.QueueUrl, MessageBody: 'in flight' }));
  await before.s3.send(new PutObjectCommand({ Bucket: 'objects', Key: 'a/b', Body: 'content' }));
  expect(await receive(before.sqs, before.QueueUrl)).toMatchObject([{ Body: 'in flight', times: '1' }]);
  await before.emulator.close();

  const after = await start('restarted');

  expect(after.QueueUrl).toBe(`${after.emulator.url}/000000000000/jobs`);
  expect(await receive(after.sqs, after.QueueUrl)).toMatchObject([{ Body: 'in flight', times: '2' }]);
  const { Body } = await after.s3.send(new GetObjectCommand({ Bucket: 'objects', Key: 'a/b' }));
  expect(await Body?.transformToString()).toBe('content');
  await after.emulator.close();
});

test('a message made visible by hand keeps its receive count', async () => {
  const { emulator, sqs, QueueUrl } = await start('visible');
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'again' }));
  const [{ ReceiptHandle } = { ReceiptHandle: '' }] = await receive(sqs, QueueUrl);

  await sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 }));

  expect(await receive(sqs, QueueUrl)).toMatchObject([{ times: '2' }]);
  await emulator.close();
});

test('a queue takes over changed attributes of the template', async () => {
  const { emulator } = await start('changed');

  emulator.ensureQueue({ name: 'jobs', attributes: { VisibilityTimeout: '7' } });

  expect(emulator.queueAttributes('jobs')).toMatchObject({ VisibilityTimeout: '7' });
  await emulator.close();
});

test('only this machine can connect', async () => {
  const { emulator } = await start('loopback');
  const port = new URL(emulator.url).port;
  const outside = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, family }) => !internal && family === 'IPv4');

  for (const { address } of outside) {
    await expect(
      fetch(`http://${address}:${port}/health`, { signal: AbortSignal.timeout(500) }),
    ).rejects.toThrow();
  }
  expect(new URL(emulator.url).hostname).toBe('127.0.0.1');
  await emulator.close();
});

test('lists objects by prefix through the SDK', async () => {
  const { emulator, s3 } = await start('listed');
  for (const Key of ['x/1', 'x/2', 'y/1'])
    await s3.send(new PutObjectCommand({ Bucket: 'objects', Key, Body: '1' }));

  const { Contents } = await s3.send(new ListObjectsV2Command({ Bucket: 'objects', Prefix: 'x/' }));

  expect(Contents?.map(({ Key }) => Key)).toEqual(['x/1', 'x/2']);
  await emulator.close();
});

test.each([
  ['GET', '/b/k', 'GetObject'],
  ['PUT', '/b/k?x-id=PutObject', 'PutObject'],
  ['HEAD', '/b/k', 'HeadObject'],
  ['DELETE', '/b/k', 'DeleteObject'],
  ['GET', '/b?list-type=2', 'ListObjects'],
  ['GET', '/b/', 'ListObjects'],
  ['POST', '/b?delete', 'DeleteObjects'],
  ['GET', '/', 'ListBuckets'],
])('%s %s is counted as %s', (method, url, operation) => {
  expect(s3OperationOf(method, url).operation).toBe(operation);
});
