import type { IncomingMessage, ServerResponse } from 'node:http';
import type { CallLog } from '../calls/call-log.ts';
import { callerOf } from '../calls/caller.ts';
import { type LoopbackServer, listenOnLoopback } from '../http/loopback-server.ts';
import { readBody } from '../http/read-body.ts';
import type { Secrets } from './secrets.ts';

const MAX_REQUEST_BYTES = 64 * 1024;
const TARGET = 'secretsmanager.';

/** Secrets Manager's GetSecretValue on loopback. */
export function startSecretsServer(secrets: Secrets, calls: CallLog): Promise<LoopbackServer> {
  return listenOnLoopback(0, async (request, response) => {
    const operation = String(request.headers['x-amz-target'] ?? '').replace(TARGET, '');
    const { status, body, resource } = await answer(operation, request, secrets);
    calls.record({
      service: 'secretsmanager',
      operation,
      resource,
      caller: callerOf(request.headers),
      failed: status !== 200,
    });
    send(response, status, body);
  });
}

async function answer(
  operation: string,
  request: IncomingMessage,
  secrets: Secrets,
): Promise<{ status: number; body: object; resource: string }> {
  if (operation !== 'GetSecretValue') {
    const message = 'Only GetSecretValue is available on the local cloud';
    return { status: 400, body: { __type: 'UnknownOperationException', message }, resource: '' };
  }
  const { SecretId = '' } = JSON.parse((await readBody(request, MAX_REQUEST_BYTES)).toString('utf8'));
  const resource = String(SecretId);
  const SecretString = secrets.textOf(resource);
  if (SecretString === undefined) {
    const message = "Secrets Manager can't find the specified secret.";
    return { status: 400, body: { __type: 'ResourceNotFoundException', message }, resource };
  }
  return { status: 200, body: { ARN: resource, Name: resource.split(':').at(-1), SecretString }, resource };
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' });
  response.end(JSON.stringify(body));
}
