import { DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { type RunPorts, type RunResult, runExecution } from '../../functions/run-execution/run-execution.ts';
import { createCallLog } from '../../local/calls/call-log.ts';
import { startSqsAndS3 } from '../../local/sqs-and-s3/start-sqs-and-s3.ts';
import { createSqsLaneQueue } from '../../shared/adapters/sqs-lane-queue.ts';
import { laneMessageSchema } from '../../shared/contract/lane-message.ts';
import { defaultQuota } from '../../shared/domain/account.ts';
import type { LaneName } from '../../shared/domain/lane.ts';
import type { LaneQueue } from '../../shared/ports/lane-queue.ts';
import type { SandboxBackend } from '../../shared/ports/sandbox-backend.ts';
import { controlSettings } from './control-settings.ts';
import { type LocalTables, startLocalTables } from './local-tables.ts';

/** The three lanes with real queues and tables; the clock stands still until it is set. */
export interface LaneFixture {
  tables: LocalTables;
  queues: Record<LaneName, LaneQueue>;
  /** Uploaded artifacts by `<attempt>/<index>`. */
  files: Map<string, Uint8Array>;
  setNow(now: Date): void;
  /**
   * Delivers the lane's next message to its executor, as an event source mapping does: the message is deleted
   * unless it is to come again or the executor threw. Null when the queue is empty.
   */
  deliver(backend: SandboxBackend, change?: Partial<RunPorts>): Promise<RunResult | { kind: 'threw' } | null>;
  close(): Promise<void>;
}

const lanes: LaneName[] = ['wasm', 'e2b', 'gvisor'];

export async function startLanes(start: Date): Promise<LaneFixture> {
  let now = start;
  const tables = await startLocalTables(() => now);
  await tables.tenants.ensure('acme', { ...defaultQuota, concurrentLimit: 1_000 }, start);
  const emulator = await startSqsAndS3(undefined, createCallLog());
  // What is not deleted is visible again at once: a test waits for nothing.
  for (const name of lanes) emulator.ensureQueue({ name, attributes: { VisibilityTimeout: '0' } });
  const client = new SQSClient({
    endpoint: emulator.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    useQueueUrlAsEndpoint: false,
  });
  const urlOf = (lane: LaneName) => `${emulator.url}/000000000000/${lane}`;
  const queueOf = (lane: LaneName) => createSqsLaneQueue({ client, queueUrl: urlOf(lane) });
  const queues = { wasm: queueOf('wasm'), e2b: queueOf('e2b'), gvisor: queueOf('gvisor') };
  const files = new Map<string, Uint8Array>();

  return {
    tables,
    queues,
    files,
    setNow(later) {
      now = later;
    },
    async deliver(backend, change = {}) {
      const QueueUrl = urlOf(backend.name);
      const { Messages = [] } = await client.send(new ReceiveMessageCommand({ QueueUrl }));
      const [message] = Messages;
      if (message === undefined) return null;
      const { executionId, secretsKey } = laneMessageSchema.parse(JSON.parse(message.Body ?? ''));
      const ports: RunPorts = {
        store: tables.store,
        backend,
        artifacts: {
          put: async ({ attempts }, index, _, content) => void files.set(`${attempts}/${index}`, content),
          urlOf: () => Promise.reject(new Error('not for an executor')),
        },
        queues: backend.name === 'e2b' ? { gvisor: queues.gvisor } : {},
        settings: controlSettings(),
        clock: () => now,
        pause: async () => {},
        ...change,
      };
      const result = await runExecution(ports, executionId, secretsKey).catch(() => ({
        kind: 'threw' as const,
      }));
      if (result.kind !== 'again' && result.kind !== 'threw') {
        const { ReceiptHandle } = message;
        await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
      }
      return result;
    },
    async close() {
      client.destroy();
      await emulator.close();
      await tables.close();
    },
  };
}
