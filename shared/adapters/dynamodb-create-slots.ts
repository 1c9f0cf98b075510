import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { accountOfCreations } from '../domain/account.ts';
import type { BackendName } from '../domain/execution.ts';
import type { Clock } from '../ports/clock.ts';
import type { CreateSlots } from '../ports/create-slots.ts';
import { takeSlot } from './take-slot.ts';

/** The places of one backend account, as one line of the ledger. */
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
  const account = accountOfCreations(backend);
  return {
    take: (intervalMs, maxWaitMs) =>
      takeSlot({ client, ledgerTable, account, nowMs: clock().getTime(), intervalMs, maxWaitMs }),
  };
}
