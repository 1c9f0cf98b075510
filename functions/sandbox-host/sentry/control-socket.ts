import { connect } from 'node:net';

const LONGEST_ANSWER_BYTES = 65_536;

interface Answer {
  readonly success: boolean;
  readonly err?: string;
}

/**
 * Calls one method of a sentry's control socket (gVisor's urpc: one JSON object each way). Throws when the sentry
 * refuses, answers with something else or hangs up. The sentry is not trusted: the answer is bounded.
 */
export function callSentry(socketPath: string, method: string, argument: unknown): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(socketPath);
    const chunks: Buffer[] = [];
    let bytes = 0;
    const fail = (reason: string) => {
      socket.destroy();
      reject(new Error(`${method}: ${reason}`));
    };

    socket.on('connect', () => socket.write(JSON.stringify({ method, arg: argument })));
    socket.on('data', (chunk) => {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes > LONGEST_ANSWER_BYTES) return fail('the answer is too long');
      const answer = parseAnswer(Buffer.concat(chunks).toString());
      if (answer === null) return;
      if (!answer.success) return fail(answer.err ?? 'refused');
      socket.destroy();
      resolve();
    });
    socket.on('error', (error) => fail(error.message));
    socket.on('close', () => fail('the sentry hung up'));
  });
}

/** Throws when what a sentry answered to a call is no success. */
export function expectSuccess(method: string, text: string): void {
  const answer = parseAnswer(text);
  if (!answer?.success) throw new Error(`${method}: ${answer?.err ?? 'the sentry hung up'}`);
}

/** The answer has no length prefix: it is whole once it parses. */
function parseAnswer(text: string): Answer | null {
  try {
    return JSON.parse(text) as Answer;
  } catch {
    return null;
  }
}
