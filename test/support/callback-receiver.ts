import { createHmac, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { ExecutionView } from '../../shared/contract/execution-view.ts';

/** A callback that got here in full. */
export interface Received {
  id: string;
  headers: IncomingMessage['headers'];
  execution: ExecutionView;
  isGenuine: boolean;
}

/** A status, silence, or a connection that breaks. */
export type ReceiverAnswer = number | 'hang' | 'cut';

/** Somebody's server that takes callbacks and checks who sent them, by the words of the specification alone. */
export interface CallbackReceiver {
  url: string;
  received: Received[];
  /** What becomes of a request, with the number of requests of its id before it. */
  answer: (earlier: number, received: Received) => ReceiverAnswer;
  close(): Promise<void>;
}

/** `secret` is the one that the sender's operator gave out. */
export async function startCallbackReceiver(secret: () => string): Promise<CallbackReceiver> {
  const take = async (request: IncomingMessage, response: ServerResponse) => {
    const body = await text(request);
    const { headers } = request;
    const id = String(headers['webhook-id']);
    const received = {
      ...{ id, headers },
      execution: JSON.parse(body) as ExecutionView,
      isGenuine: isGenuine(headers, body, secret()),
    };
    const earlier = receiver.received.filter((one) => one.id === id).length;
    receiver.received.push(received);
    const answer = receiver.answer(earlier, received);
    if (answer === 'cut') request.socket.destroy();
    else if (answer !== 'hang') response.writeHead(answer).end('so be it');
  };
  const server = createServer((request, response) => {
    // A sender that dies in the middle of a request has sent nothing.
    take(request, response).catch(() => request.socket.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const receiver: CallbackReceiver = {
    url: `http://127.0.0.1:${port}/done`,
    received: [],
    answer: () => 204,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return receiver;
}

/** https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md. */
function isGenuine(headers: IncomingMessage['headers'], body: string, secret: string): boolean {
  const [id, timestamp, signatures] = ['id', 'timestamp', 'signature'].map((name) =>
    String(headers[`webhook-${name}`]),
  );
  const expected = createHmac('sha256', Buffer.from(secret.slice('whsec_'.length), 'base64'))
    .update([id, timestamp, body].join('.'))
    .digest();
  const isRight = (signatures ?? '').split(' ').some((signature) => {
    const [version, value = ''] = signature.split(',');
    const bytes = Buffer.from(value, 'base64');
    return version === 'v1' && bytes.length === expected.length && timingSafeEqual(bytes, expected);
  });
  return isRight && Number.isInteger(Number(timestamp));
}
