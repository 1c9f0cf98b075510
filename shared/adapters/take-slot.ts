import { type DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { isConditionFailure } from './is-condition-failure.ts';

export interface SlotRequest {
  client: DynamoDBClient;
  ledgerTable: string;
  /** The line of the ledger that holds the time of the next free slot. */
  account: string;
  nowMs: number;
  /** From the start of this slot to that of the next. */
  intervalMs: number;
  /** A slot that is further off is not taken. */
  maxWaitMs: number;
}

/**
 * Takes the next free slot of a line and answers how many ms off it is: virtual scheduling, as in the generic cell rate
 * algorithm (ITU-T I.371). Atomic.
 *
 *   nextMs in the past: this slot is now, the next one an interval later
 *   nextMs ahead:       this slot is then, the next one an interval after it, unless it is too far off
 *
 * One write when there is no queue, two when there is one.
 */
export async function takeSlot(request: SlotRequest): Promise<{ isTaken: boolean; waitMs: number }> {
  const { nowMs, intervalMs, maxWaitMs } = request;
  const atOnce = await update(
    request,
    'attribute_not_exists(nextMs) OR nextMs <= :now',
    'SET nextMs = :after',
    {
      ':now': nowMs,
      ':after': nowMs + intervalMs,
    },
  );
  if (atOnce.isTaken) return { isTaken: true, waitMs: 0 };
  const { isTaken, nextMs } = await update(request, 'nextMs <= :latest', 'SET nextMs = nextMs + :interval', {
    ':latest': nowMs + maxWaitMs,
    ':interval': intervalMs,
  });
  return { isTaken, waitMs: Math.max(0, (nextMs ?? nowMs) - nowMs) };
}

async function update(
  { client, ledgerTable, account }: SlotRequest,
  condition: string,
  expression: string,
  values: Record<string, number>,
): Promise<{ isTaken: boolean; nextMs: number | null }> {
  try {
    const { Attributes } = await client.send(
      new UpdateItemCommand({
        TableName: ledgerTable,
        Key: marshall({ account }),
        ConditionExpression: condition,
        UpdateExpression: expression,
        ExpressionAttributeValues: marshall(values),
        ReturnValues: 'UPDATED_OLD',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    );
    return { isTaken: true, nextMs: Attributes === undefined ? null : nextOf(Attributes) };
  } catch (error) {
    if (!isConditionFailure(error)) throw error;
    return { isTaken: false, nextMs: error.Item === undefined ? null : nextOf(error.Item) };
  }
}

function nextOf(item: Parameters<typeof unmarshall>[0]): number | null {
  const { nextMs } = unmarshall(item);
  return typeof nextMs === 'number' ? nextMs : null;
}
