import type { CancellationReason, DynamoDBClient, TransactWriteItem, Update } from '@aws-sdk/client-dynamodb';
import { writeTransaction } from './write-transaction.ts';

/**
 * Writes what ends an execution with its updates of accounts, in one transaction. Answers false, with nothing written, when
 * a condition of the end failed. An account that is gone (its tenant was deleted while the program ran) is left out:
 * nobody is there to be charged, and the execution has to end all the same.
 */
export async function endWithCharges(
  client: DynamoDBClient,
  end: TransactWriteItem[],
  charges: Update[],
): Promise<boolean> {
  const reasons = await writeTransaction(client, [...end, ...charges.map((Update) => ({ Update }))]);
  if (reasons === null) return true;
  if (reasons.slice(0, end.length).some(failed)) return false;
  return endWithCharges(
    client,
    end,
    charges.filter((_, index) => !failed(reasons[end.length + index])),
  );
}

function failed(reason: CancellationReason | undefined): boolean {
  return reason?.Code === 'ConditionalCheckFailed';
}
