import { Agent, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { callerOf } from '../../../local/calls/caller.ts';
import { listenOnLoopback } from '../../../local/http/loopback-server.ts';
import { readBody } from '../../../local/http/read-body.ts';

/** One call of a service's API on its way. */
export interface Call {
  /** Such as `TransactWriteItems`, or `Invoke`. */
  operation: string;
  /** Whoever signed it. */
  caller: string;
  body: string;
}

/** What becomes of a call: it has no effect, or its effect is there and its answer is lost. */
export type Reaction =
  /** The connection is cut; `act` is done at that moment. */
  | { kind: 'cut'; when: 'before' | 'after'; act?: () => void }
  /** DynamoDB or SQS refuses it in its own words. */
  | { kind: 'refuse'; status: number; body: object }
  /** It is passed on with another body. */
  | { kind: 'change'; change: (body: string) => string }
  /** It is passed on, and meanwhile something happens. */
  | { kind: 'meanwhile'; afterMs: number; act: () => void };

export interface Fault {
  matches(call: Call): boolean;
  /** Matching calls that are left alone first. */
  skip?: number;
  /** Matching calls that meet it, one unless said otherwise. */
  times?: number;
  reaction: Reaction;
}

/** Stands between SDK clients and a service. Without a fault it changes nothing. */
export interface FaultProxy {
  url: string;
  /** Answers how often the fault has been met so far. */
  inject(fault: Fault): () => number;
  /** Takes all faults back. */
  heal(): void;
  close(): Promise<void>;
}

const maxBodyBytes = 16 * 1024 * 1024;

/** Calls of dead callers go nowhere. */
export async function startFaultProxy(
  target: string,
  isDead: (caller: string) => boolean = () => false,
): Promise<FaultProxy> {
  const agent = new Agent({ keepAlive: true });
  const faults = new Set<(call: Call) => Reaction | null>();
  const server = await listenOnLoopback(0, async (incoming, response) => {
    const body = await readBody(incoming, maxBodyBytes);
    const call = toCall(incoming, body);
    if (isDead(call.caller)) return void incoming.socket.destroy();
    const reaction = firstOf(faults, call);
    if (reaction?.kind === 'refuse') return refuse(response, reaction);
    if (reaction?.kind === 'cut' && reaction.when === 'before') return cut(incoming, reaction);
    if (reaction?.kind === 'meanwhile') setTimeout(reaction.act, reaction.afterMs);
    const sent = reaction?.kind === 'change' ? Buffer.from(reaction.change(call.body)) : body;
    const answer = await forward(agent, target, incoming, sent);
    if (reaction?.kind === 'cut') return cut(incoming, reaction);
    response.writeHead(answer.status, answer.headers);
    response.end(answer.body);
  });
  return {
    url: server.url,
    inject({ matches, skip = 0, times = 1, reaction }) {
      let seen = 0;
      faults.add((call) => {
        if (!matches(call)) return null;
        seen += 1;
        return seen > skip && seen <= skip + times ? reaction : null;
      });
      return () => Math.min(times, Math.max(0, seen - skip));
    },
    heal: () => faults.clear(),
    async close() {
      await server.close();
      agent.destroy();
    },
  };
}

function toCall({ headers, url = '' }: IncomingMessage, body: Buffer): Call {
  const target = headers['x-amz-target'];
  const operation =
    typeof target === 'string'
      ? target.split('.')[1]
      : url.split('?')[0]?.includes('/invocations')
        ? 'Invoke'
        : '';
  return { operation: operation ?? '', caller: callerOf(headers), body: body.toString('utf8') };
}

function firstOf(faults: Iterable<(call: Call) => Reaction | null>, call: Call): Reaction | null {
  let first: Reaction | null = null;
  for (const fault of faults) first ??= fault(call);
  return first;
}

function cut(incoming: IncomingMessage, { act }: Extract<Reaction, { kind: 'cut' }>): void {
  act?.();
  incoming.socket.destroy();
}

function refuse(response: ServerResponse, { status, body }: Extract<Reaction, { kind: 'refuse' }>): void {
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' });
  response.end(JSON.stringify(body));
}

interface Answer {
  status: number;
  headers: IncomingMessage['headers'];
  body: Buffer;
}

function forward(agent: Agent, target: string, incoming: IncomingMessage, body: Buffer): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { method, url } = incoming;
    const headers = { ...incoming.headers, 'content-length': body.length };
    const outgoing = request(new URL(url ?? '/', target), { method, headers, agent }, async (answer) => {
      const chunks: Buffer[] = [];
      for await (const chunk of answer) chunks.push(chunk as Buffer);
      resolve({ status: answer.statusCode ?? 502, headers: answer.headers, body: Buffer.concat(chunks) });
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
