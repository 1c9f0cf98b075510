import * as z from 'zod';
import {
  type SandboxHostEnvironment,
  sandboxHostEnvironment,
} from '../../shared/contract/sandbox-host-environment.ts';
import { createGuestStarter } from './guest/guest-starter.ts';
import { errorFields, log } from './log.ts';
import { memoryForGuestsMiB } from './memory-budget.ts';
import { type SandboxHost, startSandboxHost } from './sandbox-host.ts';
import { IsolationError, proveIsolation } from './self-test/prove-isolation.ts';
import { createSentryHost, type SentryHost, sentryConfigOf } from './sentry/sentry.ts';

/**
 * Starts the host, or exits with 1 when this machine can't be trusted with it.
 *
 *   environment > self-test > listen > "ready" … SIGTERM > drain > exit 0; a second signal: at once
 */
async function main(): Promise<void> {
  // From the first moment on: a start that is interrupted must clean up too.
  const signals = listenForSignals();
  const environment = parseEnvironment();
  const sentryConfig = sentryConfigOf(environment, environment.SANDBOX_MODE);
  const sentries = createSentryHost(sentryConfig);
  try {
    log('INFO', 'isolation proven', { report: await proveIsolation(sentries, sentryConfig) });
    const host = await start(environment, sentries);
    log('INFO', 'ready', { port: host.port });
    await signals.first;
    log('INFO', 'draining');
    const drained = host.drain(environment.DRAIN_SECONDS * 1000);
    await Promise.race([drained, signals.second.then(() => host.close())]);
  } finally {
    await sentries.close();
  }
  log('INFO', 'closed');
}

function parseEnvironment(): SandboxHostEnvironment {
  const parsed = sandboxHostEnvironment.safeParse(process.env);
  if (!parsed.success) throw new Error(`environment: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

function start(environment: SandboxHostEnvironment, sentries: SentryHost): Promise<SandboxHost> {
  return startSandboxHost({
    startGuest: createGuestStarter(sentries, (template, error) =>
      log('ERROR', `no snapshot for ${template}`, errorFields(error)),
    ),
    apiKey: environment.HOST_API_KEY,
    port: environment.PORT,
    address: environment.HOST,
    warm: environment.WARM,
    maxSandboxes: environment.MAX_SANDBOXES,
    memoryMiB: environment.MEMORY_MIB ?? memoryForGuestsMiB(),
    onError: (message, error) => log('ERROR', message, errorFields(error)),
  });
}

/** There is never a moment at which a signal would end the process without further ado. */
function listenForSignals(): { first: Promise<void>; second: Promise<void> } {
  const first = Promise.withResolvers<void>();
  const second = Promise.withResolvers<void>();
  const waiting = [first, second];
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => waiting.shift()?.resolve());
  return { first: first.promise, second: second.promise };
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    const report = error instanceof IsolationError ? { report: error.report } : {};
    log('ERROR', 'the host does not start', { ...errorFields(error), ...report });
    process.exit(1);
  },
);
