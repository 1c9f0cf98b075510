import {
  type CancellationReason,
  type DynamoDBClient,
  TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';

const maxConflictRetries = 8;

/**
 * Writes all items or none. Answers null when written, or the reasons, one per item, when a condition failed.
 * Concurrent transactions on one item (a busy tenant's account) conflict; DynamoDB cancels all but one and the
 * SDK doesn't retry those, so this does, with full jitter.
 */
export async function writeTransaction(
  client: DynamoDBClient,
  items: TransactWriteItem[],
): Promise<CancellationReason[] | null> {
  for (let retry = 0; ; retry += 1) {
    try {
      await client.send(new TransactWriteItemsCommand({ TransactItems: items }));
      return null;
    } catch (error) {
      if (!(error instanceof TransactionCanceledException)) throw error;
      const reasons = error.CancellationReasons ?? [];
      if (reasons.some(({ Code }) => Code === 'ConditionalCheckFailed')) return reasons;
      if (!isConflict(reasons) || retry === maxConflictRetries) throw error;
      await pause(Math.random() * Math.min(1_000, 10 * 2 ** retry));
    }
  }
}

function isConflict(reasons: CancellationReason[]): boolean {
  return reasons.every(({ Code }) => Code === undefined || Code === 'None' || Code === 'TransactionConflict');
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
