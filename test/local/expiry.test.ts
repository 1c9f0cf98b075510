import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { expireMessages, expireObjects } from '../../local/sqs-and-s3/expiry.ts';
import { type Fauxqs, startFauxqs } from '../../local/sqs-and-s3/fauxqs.ts';

const DAY_MS = 24 * 3600 * 1000;
let fauxqs: Fauxqs;
beforeEach(async () => {
  fauxqs = await startFauxqs(undefined, (() => {}) as never);
});
afterEach(() => fauxqs.app.close());

test('objects go when their rule has expired them, those under other prefixes stay', () => {
  fauxqs.s3.createBucket('objects');
  fauxqs.s3.putObject('objects', 'temporary/a', Buffer.from('x'));
  fauxqs.s3.putObject('objects', 'kept/a', Buffer.from('x'));
  const rules = new Map([['objects', [{ prefix: 'temporary/', expirationDays: 2 }]]]);
  const keys = () => fauxqs.s3.listObjects('objects').objects.map(({ key }) => key);

  expireObjects(fauxqs.s3, rules, Date.now() + DAY_MS);
  expect(keys()).toEqual(['kept/a', 'temporary/a']);

  expireObjects(fauxqs.s3, rules, Date.now() + 3 * DAY_MS);
  expect(keys()).toEqual(['kept/a']);
});

test('messages go when the retention period of their queue is over', async () => {
  const queue = fauxqs.sqs.createQueue('jobs', 'url', 'arn', { MessageRetentionPeriod: '86400' });
  await fauxqs.app.inject({
    method: 'POST',
    url: '/',
    headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'AmazonSQS.SendMessage' },
    payload: JSON.stringify({ QueueUrl: 'http://127.0.0.1/000000000000/jobs', MessageBody: 'x' }),
  });

  expireMessages(fauxqs.sqs, Date.now() + DAY_MS / 2);
  expect(queue.messages).toHaveLength(1);

  expireMessages(fauxqs.sqs, Date.now() + 2 * DAY_MS);
  expect(queue.messages).toHaveLength(0);
});
