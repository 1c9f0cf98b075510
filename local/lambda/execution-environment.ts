import type {
  FromRuntime,
  FunctionError,
  InvocationRequest,
  InvocationResult,
  RuntimeHost,
} from './environment.ts';
import type { FunctionConfig } from './function-config.ts';

/** One execution environment: runs one invocation at a time until it ends. */
export interface ExecutionEnvironment {
  /** Settles once, when the bundle is loaded; a failure is the function's error. */
  readonly ready: Promise<FunctionError | undefined>;
  /** Never rejects. An environment that crashed or ran into its timeout has ended when this resolves. */
  invoke(request: InvocationRequest): Promise<InvocationResult>;
  readonly ended: boolean;
  /** Lets listeners of SIGTERM run for a moment, then ends it with everything it started. */
  end(): Promise<void>;
}

/** Lambda's limit for loading a bundle. */
const INIT_TIMEOUT_MS = 10_000;
const SHUTDOWN_GRACE_MS = 300;

type Settle = (message: FromRuntime | { type: 'ended'; how: string } | { type: 'timed-out' }) => void;

/** `niceness`: how far it stands back for others where cores are short, 0 to 19. */
export function createEnvironment(
  config: FunctionConfig,
  host: RuntimeHost,
  niceness: number,
): ExecutionEnvironment {
  let ended = false;
  let loaded = false;
  let busy = false;
  let settle: Settle | undefined;
  let announceEnd = () => {};
  const end = new Promise<void>((resolve) => {
    announceEnd = resolve;
  });

  /** The runtime's next word, or its end, or the timeout, whichever is first. */
  const next = (timeoutMs: number) =>
    new Promise<Parameters<Settle>[0]>((resolve) => {
      const timer = setTimeout(() => settle?.({ type: 'timed-out' }), timeoutMs);
      settle = (message) => {
        clearTimeout(timer);
        settle = undefined;
        resolve(message);
      };
    });

  host.onMessage((message) => settle?.(message));
  host.onEnd((how) => {
    ended = true;
    settle?.({ type: 'ended', how });
    announceEnd();
  });
  const kill = async () => {
    if (!ended) host.kill();
    await end;
  };

  const { file, exportName, name, arn, memoryMiB } = config;
  const start = async (): Promise<FunctionError | undefined> => {
    const answer = next(Math.max(INIT_TIMEOUT_MS, config.timeoutMs));
    host.send({ type: 'init', config: { file, exportName, name, arn, memoryMiB, niceness } });
    const message = await answer;
    if (message.type === 'ready') {
      loaded = true;
      return undefined;
    }
    await kill();
    return errorOf(message, 'init', config);
  };

  const run = async (request: InvocationRequest): Promise<InvocationResult> => {
    if (ended) return { kind: 'failed', error: exitError(request.requestId, 'it had ended') };
    const answer = next(config.timeoutMs);
    host.send({ type: 'invoke', ...request, deadlineMs: Date.now() + config.timeoutMs });
    const message = await answer;
    if (message.type === 'result') return { kind: 'succeeded', payload: message.payload };
    if (message.type !== 'failed') await kill();
    return { kind: 'failed', error: errorOf(message, request.requestId, config) };
  };

  return {
    ready: start(),
    get ended() {
      return ended;
    },
    async invoke(request) {
      busy = true;
      const result = await run(request);
      busy = false;
      return result;
    },
    async end() {
      // Who is in the middle of something gets no word: its caller hears of the end.
      if (!ended && !busy && loaded) {
        host.send({ type: 'shutdown' });
        await next(SHUTDOWN_GRACE_MS);
      }
      await kill();
    },
  };
}

function errorOf(message: Parameters<Settle>[0], requestId: string, config: FunctionConfig): FunctionError {
  switch (message.type) {
    case 'failed':
    case 'crashed':
    case 'init-failed':
      return message.error;
    case 'timed-out': {
      const seconds = (config.timeoutMs / 1000).toFixed(2);
      return {
        errorType: 'Sandbox.Timedout',
        errorMessage: `RequestId: ${requestId} Error: Task timed out after ${seconds} seconds`,
      };
    }
    case 'ended':
      return exitError(requestId, message.how);
    case 'ready':
    case 'result':
    case 'shut-down':
      return exitError(requestId, `unexpected answer "${message.type}"`);
    default:
      return message satisfies never;
  }
}

const exitError = (requestId: string, how: string): FunctionError => ({
  errorType: 'Runtime.ExitError',
  errorMessage: `RequestId: ${requestId} Error: Runtime exited with error: ${how}`,
});
