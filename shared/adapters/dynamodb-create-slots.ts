import { type DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { accountOfCreations } from '../domain/account.ts';
import type { BackendName } from '../domain/execution.ts';
import type { Clock } from '../ports/clock.ts';
import type { CreateSlots } from '../ports/create-slots.ts';
import { isConditionFailure } from './is-condition-failure.ts';

/**
 * The places of one backend account, as one line of the ledger that holds the time of the next free place.
 *
 *   nextMs in the past: this place is now, the next one an interval later
 *   nextMs ahead:       this place is then, the next one an interval after it, unless it is too far off
 *
 * One write when there is no queue, two when there is one.
 */
export function createDynamoCreateSlots({
  client,
  ledgerTable,
  backend,
  clock,
}: {
  client: DynamoDBClient;
  ledgerTable: string;
  backend: BackendName;
  clock: Clock;
}): CreateSlots {
  const update = async (condition: string, expression: string, values: Record<string, number>) => {
    try {
      const { Attributes } = await client.send(
        new UpdateItemCommand({
          TableName: ledgerTable,
          Key: marshall({ account: accountOfCreations(backend) }),
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
  };

  return {
    async take(intervalMs, maxWaitMs) {
      const nowMs = clock().getTime();
      const atOnce = await update('attribute_not_exists(nextMs) OR nextMs <= :now', 'SET nextMs = :after', {
        ':now': nowMs,
        ':after': nowMs + intervalMs,
      });
      if (atOnce.isTaken) return { isTaken: true, waitMs: 0 };
      const { isTaken, nextMs } = await update('nextMs <= :latest', 'SET nextMs = nextMs + :interval', {
        ':latest': nowMs + maxWaitMs,
        ':interval': intervalMs,
      });
      return { isTaken, waitMs: Math.max(0, (nextMs ?? nowMs) - nowMs) };
    },
  };
}

function nextOf(item: Parameters<typeof unmarshall>[0]): number | null {
  const { nextMs } = unmarshall(item);
  return typeof nextMs === 'number' ? nextMs : null;
}
