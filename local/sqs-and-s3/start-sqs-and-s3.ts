import type { CallLog } from '../calls/call-log.ts';
import { callerOf } from '../calls/caller.ts';
import { LOCAL_ACCOUNT, LOCAL_REGION } from '../template/resource-names.ts';
import { expireMessages, expireObjects, type LifecycleRule } from './expiry.ts';
import { type Fauxqs, startFauxqs } from './fauxqs.ts';
import { s3OperationOf } from './s3-operation.ts';

export interface QueueDefinition {
  readonly name: string;
  /** SQS attributes in wire form: every value is a string. */
  readonly attributes: Readonly<Record<string, string>>;
}

export interface SqsAndS3 {
  readonly url: string;
  /** Creates a queue, or gives an existing one the template's attributes; its messages stay. */
  ensureQueue(definition: QueueDefinition): void;
  ensureBucket(name: string, lifecycle: readonly LifecycleRule[]): void;
  queueAttributes(name: string): Readonly<Record<string, string>> | undefined;
  close(): Promise<void>;
}

const EXPIRY_INTERVAL_MS = 60_000;

/** What fauxqs's web framework shows of an answered request. */
interface Answered {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body?: { readonly QueueUrl?: string };
}

export async function startSqsAndS3(directory: string | undefined, calls: CallLog): Promise<SqsAndS3> {
  const fauxqs = await startFauxqs(directory, (async (request: Answered, reply: { statusCode: number }) =>
    record(calls, request, reply.statusCode)) as never);
  const rules = new Map<string, readonly LifecycleRule[]>();
  const expiry = setInterval(() => {
    expireMessages(fauxqs.sqs, Date.now());
    expireObjects(fauxqs.s3, rules, Date.now());
  }, EXPIRY_INTERVAL_MS);
  expiry.unref();

  return {
    url: fauxqs.url,
    ensureQueue: (definition) => ensureQueue(fauxqs, definition),
    ensureBucket(name, lifecycle) {
      if (!fauxqs.s3.hasBucket(name)) fauxqs.s3.createBucket(name);
      rules.set(name, lifecycle);
    },
    queueAttributes: (name) => fauxqs.sqs.getQueueByName(name)?.attributes,
    async close() {
      clearInterval(expiry);
      await fauxqs.app.close();
    },
  };
}

function ensureQueue({ sqs, url, protect }: Fauxqs, { name, attributes }: QueueDefinition): void {
  const existing = sqs.getQueueByName(name);
  if (existing !== undefined) {
    // An empty policy is how SetQueueAttributes takes a redrive policy away.
    existing.setAttributes({ RedrivePolicy: '', ...attributes });
    return;
  }
  const arn = `arn:aws:sqs:${LOCAL_REGION}:${LOCAL_ACCOUNT}:${name}`;
  protect(sqs.createQueue(name, `${url}/${LOCAL_ACCOUNT}/${name}`, arn, { ...attributes }));
}

function record(calls: CallLog, request: Answered, status: number): void {
  const caller = callerOf(request.headers);
  const failed = status >= 400;
  const target = request.headers['x-amz-target'];
  if (typeof target === 'string') {
    const queue = request.body?.QueueUrl?.split('/').pop() ?? '';
    const operation = target.replace('AmazonSQS.', '');
    calls.record({ service: 'sqs', operation, resource: queue, caller, failed });
    return;
  }
  const { operation, bucket } = s3OperationOf(request.method, request.url);
  calls.record({ service: 's3', operation, resource: bucket, caller, failed });
}
