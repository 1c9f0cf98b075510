import { Agent, request } from 'node:http';
import { accessKeyIdOf } from '../calls/caller.ts';

/** A message as ReceiveMessage gives it. */
export interface ReceivedMessage {
  readonly MessageId: string;
  readonly ReceiptHandle: string;
  readonly Body: string;
  readonly MD5OfBody: string;
  readonly Attributes?: Readonly<Record<string, string>>;
  readonly MessageAttributes?: Readonly<
    Record<
      string,
      { readonly DataType: string; readonly StringValue?: string; readonly BinaryValue?: string }
    >
  >;
}

/** The three SQS operations of an event source mapping. */
export interface SqsClient {
  receive(queueUrl: string, limit: number, waitSeconds: number): Promise<ReceivedMessage[]>;
  delete(queueUrl: string, messages: readonly ReceivedMessage[]): Promise<void>;
  /** Cuts off what is being waited for. */
  close(): void;
}

export const EVENT_SOURCE_MAPPING = 'event-source-mapping';

/** SQS's wire protocol over kept-alive connections: the SDK would cost 30 MB and its start-up time. */
export function createSqsClient(endpoint: string): SqsClient {
  const agent = new Agent({ keepAlive: true });
  const closed = new AbortController();

  const call = (operation: string, input: unknown): Promise<Record<string, unknown>> =>
    new Promise((resolve, reject) => {
      const body = JSON.stringify(input);
      const outgoing = request(
        endpoint,
        {
          method: 'POST',
          agent,
          signal: closed.signal,
          headers: {
            'content-type': 'application/x-amz-json-1.0',
            'content-length': Buffer.byteLength(body),
            'x-amz-target': `AmazonSQS.${operation}`,
            authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyIdOf(EVENT_SOURCE_MAPPING)}/-`,
          },
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () => {
            const text = Buffer.concat(chunks).toString('utf8');
            if (response.statusCode !== 200) return reject(new Error(`SQS ${operation}: ${text}`));
            resolve(JSON.parse(text || '{}') as Record<string, unknown>);
          });
        },
      );
      outgoing.on('error', reject);
      outgoing.end(body);
    });

  return {
    async receive(QueueUrl, MaxNumberOfMessages, WaitTimeSeconds) {
      const answer = await call('ReceiveMessage', {
        QueueUrl,
        MaxNumberOfMessages,
        WaitTimeSeconds,
        MessageSystemAttributeNames: ['All'],
        MessageAttributeNames: ['All'],
      });
      return (answer.Messages ?? []) as ReceivedMessage[];
    },
    async delete(QueueUrl, messages) {
      for (let start = 0; start < messages.length; start += 10) {
        const Entries = messages
          .slice(start, start + 10)
          .map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
        await call('DeleteMessageBatch', { QueueUrl, Entries });
      }
    },
    close() {
      closed.abort();
      agent.destroy();
    },
  };
}
