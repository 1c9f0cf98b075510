import type { S3Store } from '../../node_modules/fauxqs/dist/s3/s3Store.js';
import type { SqsStore } from '../../node_modules/fauxqs/dist/sqs/sqsStore.js';

/** An expiration rule of a bucket. */
export interface LifecycleRule {
  readonly prefix: string;
  readonly expirationDays: number;
}

const DAY_MS = 24 * 3600 * 1000;

/** Drops messages past their queue's retention period. Those in flight go when they become visible again. */
export function expireMessages(sqs: SqsStore, nowMs: number): void {
  for (const queue of sqs.allQueues()) {
    const oldest = nowMs - Number(queue.attributes.MessageRetentionPeriod) * 1000;
    const expired = queue.messages.filter(({ sentTimestamp }) => sentTimestamp < oldest);
    if (expired.length === 0) continue;
    queue.messages = queue.messages.filter(({ sentTimestamp }) => sentTimestamp >= oldest);
    for (const { messageId } of expired) queue.persistence?.deleteMessage(messageId);
  }
}

/** Deletes objects that a lifecycle rule of their bucket has expired. */
export function expireObjects(
  s3: S3Store,
  rulesByBucket: ReadonlyMap<string, readonly LifecycleRule[]>,
  nowMs: number,
): void {
  for (const [bucket, rules] of rulesByBucket) {
    for (const { prefix, expirationDays } of rules) {
      const { objects } = s3.listObjects(bucket, { prefix, maxKeys: Number.MAX_SAFE_INTEGER });
      const expired = objects.filter(
        ({ lastModified }) => lastModified.getTime() + expirationDays * DAY_MS < nowMs,
      );
      if (expired.length > 0)
        s3.deleteObjects(
          bucket,
          expired.map(({ key }) => key),
        );
    }
  }
}
