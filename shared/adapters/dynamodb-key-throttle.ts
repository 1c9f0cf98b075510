import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { accountOfKey } from '../domain/account.ts';
import { createRecentValues } from '../domain/recent-values.ts';
import type { Standing, Throttle } from '../domain/throttle.ts';
import type { Clock } from '../ports/clock.ts';
import type { KeyThrottle } from '../ports/key-throttle.ts';
import { takeSlot } from './take-slot.ts';

/** For so long an instance serves requests from the tokens that it took; what is left of them then is lost. */
const packetMs = 1_000;
/** Keys that an instance has not heard of for long make room. */
const maxKeys = 1_000;

/** Tokens that an instance took from a key's line in the ledger. `size` is what it took last. */
interface Packet {
  left: number;
  size: number;
  untilMs: number;
  /** Nothing is to be had before. */
  emptyUntilMs: number;
  /** What the ledger had left for everybody. */
  free: number;
  fullAtMs: number;
}

/**
 * A line of the ledger per key. To spare most requests the call, an instance takes tokens in packets, twice as many each
 * time it needs more in the same second, up to a tenth of the burst:
 *
 *   first request   second   third   fourth …      a second without a packet
 *   take 1 beside   take 2   -       take 4        begins again
 */
export function createDynamoKeyThrottle(tables: {
  client: DynamoDBClient;
  ledgerTable: string;
  clock: Clock;
}): KeyThrottle {
  const packets = createRecentValues<Packet>(maxKeys);

  return {
    async admit(keyId, throttle) {
      const nowMs = tables.clock().getTime();
      const known = packets.get(keyId);
      if (known === undefined || known.untilMs <= nowMs) {
        const taking = takePacket(tables, keyId, throttle, 1).then((packet) => {
          packet.left = 0;
          packets.set(keyId, packet);
          return standingOf(packet, nowMs);
        });
        return { isAdmitted: true, standing: taking };
      }
      if (known.left === 0 && known.emptyUntilMs <= nowMs) {
        const most = Math.max(1, Math.floor(throttle.burst / 10));
        packets.set(keyId, await takePacket(tables, keyId, throttle, Math.min(most, known.size * 2)));
      }
      const packet = packets.get(keyId) ?? known;
      if (packet.left === 0) {
        const waitMs = packet.emptyUntilMs - nowMs;
        return { isAdmitted: false, standing: standingOf(packet, nowMs), waitMs };
      }
      packet.left -= 1;
      return { isAdmitted: true, standing: Promise.resolve(standingOf(packet, nowMs)) };
    },
  };
}

/** Takes as many tokens as wanted, or as there are. */
async function takePacket(
  { client, ledgerTable, clock }: { client: DynamoDBClient; ledgerTable: string; clock: Clock },
  keyId: string,
  { burst, ratePerSecond }: Throttle,
  wanted: number,
): Promise<Packet> {
  const tokenMs = 1_000 / ratePerSecond;
  const nowMs = clock().getTime();
  const line = { client, ledgerTable, account: accountOfKey(keyId), nowMs };
  for (let size = wanted; ; ) {
    const maxWaitMs = (burst - size) * tokenMs;
    const { isTaken, waitMs } = await takeSlot({ ...line, intervalMs: size * tokenMs, maxWaitMs });
    const free = Math.max(0, Math.floor(burst - waitMs / tokenMs));
    if (!isTaken && free > 0 && size > 1) {
      size = Math.min(free, size - 1);
      continue;
    }
    const left = isTaken ? size : 0;
    return {
      left,
      size: Math.max(1, left),
      untilMs: nowMs + packetMs,
      emptyUntilMs: isTaken ? 0 : nowMs + Math.max(1, waitMs - (burst - 1) * tokenMs),
      free: free - left,
      fullAtMs: nowMs + waitMs + left * tokenMs,
    };
  }
}

function standingOf({ left, free, fullAtMs }: Packet, nowMs: number): Standing {
  return {
    remaining: Math.max(0, left + free),
    resetSeconds: Math.max(1, Math.ceil((fullAtMs - nowMs) / 1_000)),
  };
}
