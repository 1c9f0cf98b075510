import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { CallLog } from '../calls/call-log.ts';
import { callerOf } from '../calls/caller.ts';
import { type LoopbackServer, listenOnLoopback } from '../http/loopback-server.ts';
import { readBody } from '../http/read-body.ts';
import type { ConsumedCapacity } from './capacity.ts';
import type { Input } from './dynalite.ts';
import type { DynamoDb } from './dynamodb.ts';
import { refusalIn } from './dynamodb-error.ts';

/** DynamoDB's limit for one request. */
const MAX_REQUEST_BYTES = 16 * 1024 * 1024;

interface Reply {
  readonly status: number;
  readonly body: unknown;
  readonly consumed: readonly ConsumedCapacity[];
}

/** DynamoDB's wire protocol (AWS JSON 1.0) on loopback. Signatures aren't checked. */
export function startDynamoDbServer(dynamoDb: DynamoDb, calls: CallLog): Promise<LoopbackServer> {
  return listenOnLoopback(0, async (request, response) => {
    const operation = String(request.headers['x-amz-target'] ?? '').split('.')[1] ?? '';
    const body = await readBody(request, MAX_REQUEST_BYTES).catch(() => undefined);
    if (body === undefined) {
      send(response, { status: 413, body: { message: 'The request is too large' }, consumed: [] });
      return;
    }
    const reply = await answer(dynamoDb, operation, body);
    record(calls, request, operation, body, reply);
    send(response, reply);
  });
}

async function answer(dynamoDb: DynamoDb, operation: string, body: Buffer): Promise<Reply> {
  let input: Input;
  try {
    input = JSON.parse(body.toString('utf8')) as Input;
  } catch {
    return { status: 400, body: { __type: 'com.amazon.coral.service#SerializationException' }, consumed: [] };
  }
  try {
    const { output, consumed } = await dynamoDb.perform(operation, input);
    return { status: 200, body: output, consumed };
  } catch (error) {
    const refusal = refusalIn(error);
    if (refusal !== undefined) return { status: 400, body: refusal.body, consumed: [] };
    console.error(`DynamoDB ${operation} failed`, error);
    return { status: 500, body: { __type: 'InternalServerError', message: String(error) }, consumed: [] };
  }
}

function record(
  calls: CallLog,
  request: IncomingMessage,
  operation: string,
  body: Buffer,
  reply: Reply,
): void {
  const common = {
    service: 'dynamodb',
    operation,
    caller: callerOf(request.headers),
    failed: reply.status !== 200,
  } as const;
  if (reply.consumed.length === 0) {
    const table = /"TableName"\s*:\s*"([^"]+)"/.exec(body.toString('utf8', 0, 4096))?.[1] ?? '';
    calls.record({ ...common, resource: table });
    return;
  }
  // One call is one line: a transaction over several tables names them together.
  const resource = reply.consumed.map(({ table }) => table).join('+');
  const readUnits = reply.consumed.reduce((sum, one) => sum + one.readUnits, 0);
  const writeUnits = reply.consumed.reduce((sum, one) => sum + one.writeUnits, 0);
  calls.record({ ...common, resource, readUnits, writeUnits });
}

function send(response: ServerResponse, { status, body }: Reply): void {
  const bytes = Buffer.from(JSON.stringify(body));
  response.writeHead(status, {
    'content-type': 'application/x-amz-json-1.0',
    'content-length': bytes.length,
    'x-amzn-requestid': randomUUID(),
  });
  response.end(bytes);
}
