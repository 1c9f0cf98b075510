import { GetQueueAttributesCommand, ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { findBreaches } from '../../scripts/records/find-breaches.ts';
import { readServiceRecords } from '../../scripts/records/read-service-records.ts';
import { isTerminal } from '../../shared/domain/execution.ts';
import { treeMemoryMiB } from '../process-memory.ts';

const statusSchema = z.object({
  pid: z.int(),
  endpoints: z.object({ dynamodb: z.string(), sqs: z.string() }),
});

/** What can be seen of a service from behind: only of one that runs on this machine. */
export interface ServiceView {
  queueDepth(): Promise<number>;
  memoryMiB(): number;
  /** Waits until nothing is open any more, for up to so long, and says what is wrong with the records then. */
  breaches(admitted: Iterable<string>, waitMs: number): Promise<string[]>;
  close(): void;
}

/** Null for a service that shows no inside. */
export async function viewService(url: string): Promise<ServiceView | null> {
  const page = await fetch(new URL('/_local/status', url)).catch(() => null);
  if (!page?.ok) return null;
  const { pid, endpoints } = statusSchema.parse(await page.json());
  const sqs = new SQSClient({
    endpoint: endpoints.sqs,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    useQueueUrlAsEndpoint: false,
  });
  const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand({}));

  return {
    async queueDepth() {
      const depths = await Promise.all(QueueUrls.map((queueUrl) => depthOf(sqs, queueUrl)));
      return depths.reduce((sum, depth) => sum + depth, 0);
    },
    memoryMiB: () => treeMemoryMiB(pid),
    async breaches(admitted, waitMs) {
      const deadline = performance.now() + waitMs;
      for (;;) {
        const records = await readServiceRecords(endpoints.dynamodb);
        const isAtRest = records.executions.every(({ status }) => isTerminal(status));
        if (isAtRest || performance.now() > deadline) return findBreaches(records, admitted);
        await new Promise((resolve) => setTimeout(resolve, 500));
      }
    },
    close: () => sqs.destroy(),
  };
}

async function depthOf(sqs: SQSClient, QueueUrl: string): Promise<number> {
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['ApproximateNumberOfMessages'] }),
  );
  return Number(Attributes?.ApproximateNumberOfMessages ?? 0);
}
