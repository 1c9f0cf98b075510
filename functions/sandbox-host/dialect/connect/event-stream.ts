import type { ServerResponse } from 'node:http';
import type { ConnectProblem } from '../problem.ts';
import { encodeEnd, encodeMessage } from './envelope.ts';

/** The answer of a server stream. After its end, or when the client is gone, everything is ignored. */
export interface EventStream {
  /** The promise, if any, is pending until the client has taken what it was sent. */
  send(json: string): Promise<void> | undefined;
  end(problem: ConnectProblem | null): void;
  /** Resolves when the stream is over, whoever ended it. */
  readonly closed: Promise<void>;
}

/** A client that takes nothing for this long is treated as gone: what it holds back goes on without it. */
const stallMs = 60_000;
/** More than a sender that waits for {@link EventStream.send} can pile up. */
const maxBacklogBytes = 8 * 1024 * 1024;

export function openEventStream(response: ServerResponse): EventStream {
  const { promise: closed, resolve } = Promise.withResolvers<void>();
  let drained: Promise<void> | null = null;
  response.once('close', resolve);
  response.writeHead(200, { 'content-type': 'application/connect+json' });

  function drain(): Promise<void> {
    drained ??= new Promise((done) => {
      const stall = setTimeout(() => response.destroy(), stallMs);
      const finish = () => {
        clearTimeout(stall);
        response.off('drain', finish);
        drained = null;
        done();
      };
      response.once('drain', finish);
      void closed.then(finish);
    });
    return drained;
  }

  return {
    send(json) {
      if (response.writableEnded || response.destroyed) return undefined;
      if (response.write(encodeMessage(json))) return undefined;
      if (response.writableLength <= maxBacklogBytes) return drain();
      response.destroy();
      return undefined;
    },
    end(problem) {
      if (response.writableEnded || response.destroyed) return;
      response.end(encodeEnd(problem));
    },
    closed,
  };
}
