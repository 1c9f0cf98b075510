/**
 * The inside of one execution environment, in a worker thread or in a process of its own: loads the bundle and
 * runs one invocation after the other. Plain JavaScript, because stripping types would cost every environment
 * 10 MB and 20 ms. Messages are those of environment.ts.
 */
import { setPriority } from 'node:os';
import { pathToFileURL } from 'node:url';
import { parentPort } from 'node:worker_threads';

const send = (message, sent) => {
  if (!parentPort) return process.send?.(message, sent);
  parentPort.postMessage(message);
  if (sent) setImmediate(sent);
};
const channel = parentPort ?? process;

let config;
let handler;
let currentRequestId;

const describe = (error) =>
  error instanceof Error
    ? { errorType: error.name, errorMessage: error.message, trace: (error.stack ?? '').split('\n') }
    : { errorType: typeof error, errorMessage: String(error), trace: [] };

/** Ends the environment as Lambda does after an error that no invocation caught. */
function crash(errorType, error) {
  const message = { type: 'crashed', requestId: currentRequestId, error: { ...describe(error), errorType } };
  send(message, () => process.exit(129));
}
process.on('unhandledRejection', (reason) => crash('Runtime.UnhandledPromiseRejection', reason));
process.on('uncaughtException', (error) => crash(error?.name ?? 'Error', error));

async function load() {
  const module = await import(pathToFileURL(config.file).href);
  const found = module[config.exportName] ?? module.default?.[config.exportName];
  if (typeof found !== 'function') {
    const error = new Error(`${config.exportName} is undefined or not exported`);
    error.name = 'Runtime.HandlerNotFound';
    throw error;
  }
  return found;
}

function contextOf({ requestId, deadlineMs, tenantId }) {
  return {
    awsRequestId: requestId,
    functionName: config.name,
    functionVersion: '$LATEST',
    invokedFunctionArn: config.arn,
    memoryLimitInMB: String(config.memoryMiB),
    logGroupName: `/aws/lambda/${config.name}`,
    logStreamName: 'local',
    callbackWaitsForEmptyEventLoop: true,
    ...(tenantId === undefined ? {} : { tenantId }),
    getRemainingTimeInMillis: () => Math.max(0, deadlineMs - Date.now()),
  };
}

async function invoke(message) {
  currentRequestId = message.requestId;
  try {
    const result = await handler(JSON.parse(message.payload), contextOf(message));
    send({ type: 'result', requestId: message.requestId, payload: JSON.stringify(result) ?? 'null' });
  } catch (error) {
    send({ type: 'failed', requestId: message.requestId, error: describe(error) });
  } finally {
    currentRequestId = undefined;
  }
}

channel.on('message', async (message) => {
  if (message.type === 'invoke') return invoke(message);
  if (message.type === 'shutdown') {
    process.emit('SIGTERM');
    send({ type: 'shut-down' });
    return;
  }
  config = message.config;
  // Linux takes a thread by it, other systems the process, which a thread shares with those in front.
  if (!parentPort || process.platform === 'linux') setPriority(config.niceness);
  try {
    handler = await load();
    send({ type: 'ready' });
  } catch (error) {
    send({ type: 'init-failed', error: describe(error) });
  }
});

// A process of its own outlives a killed local cloud, unless it ends itself and all that it started.
if (!parentPort) process.on('disconnect', () => process.kill(-process.pid, 'SIGKILL'));
