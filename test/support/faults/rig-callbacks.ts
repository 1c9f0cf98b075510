import { deliverCallback } from '../../../functions/deliver-callback/deliver-callback.ts';
import { createCallbackPost } from '../../../functions/deliver-callback/post-callback.ts';
import { createDynamoOwedCallbacks } from '../../../shared/adapters/dynamodb-owed-callbacks.ts';
import { createSqsCallbackQueue } from '../../../shared/adapters/sqs-callback-queue.ts';
import { callbackMessageSchema } from '../../../shared/contract/callback-message.ts';
import type { BlobStore } from '../../../shared/ports/blob-store.ts';
import type { CallbackQueue } from '../../../shared/ports/callback-queue.ts';
import type { OwedCallbacks } from '../../../shared/ports/owed-callbacks.ts';
import type { Process } from './processes.ts';

/** What processes of a rig have to do with callbacks. */
export interface RigCallbacks {
  owedOf(process: Process): OwedCallbacks;
  queueOf(process: Process): CallbackQueue;
  /** Makes the attempt that a message asks for. */
  deliver(process: Process, body: string | undefined): Promise<unknown>;
}

export interface RigCallbackOptions {
  queueUrl: string;
  callbackKey: string;
  blobs: BlobStore;
  clock: () => Date;
  /** Moves the clock by so many ms. */
  advance: (ms: number) => void;
}

/** For a receiver on this machine; one that is late is tried again. */
const receiverMs = 500;

export function createRigCallbacks({
  queueUrl,
  callbackKey,
  blobs,
  clock,
  advance,
}: RigCallbackOptions): RigCallbacks {
  const callbacks: RigCallbacks = {
    owedOf: ({ dynamodb: client }) =>
      createDynamoOwedCallbacks({ client, executionsTable: 'executions', blobs }),
    queueOf({ sqs: client }) {
      const queue = createSqsCallbackQueue({ client, queueUrl });
      return {
        async send(attempt, delaySeconds = 0) {
          await queue.send(attempt);
          advance(delaySeconds * 1000);
        },
      };
    },
    async deliver(process, body = '') {
      const ports = {
        owed: callbacks.owedOf(process),
        queue: callbacks.queueOf(process),
        artifacts: { put: () => Promise.reject(new Error('not for a sender')), urlOf: async () => '' },
        readCallbackKey: async () => callbackKey,
        post: createCallbackPost({ targets: 'local', timeoutMs: receiverMs }),
        clock,
        random: () => 0.5,
      };
      const attempt = callbackMessageSchema.parse(JSON.parse(body));
      return Promise.race([deliverCallback(ports, attempt), process.killed]);
    },
  };
  return callbacks;
}
