import { availableParallelism, totalmem } from 'node:os';
import { startApiServer } from './api-gateway/api-server.ts';
import { functionsOf } from './api-gateway/rest-api.ts';
import { type CallCount, createCallLog } from './calls/call-log.ts';
import { createResources } from './create-resources.ts';
import { type StartedServices, startServices } from './ecs/start-services.ts';
import { startPump } from './event-sources/pump.ts';
import { startSchedules } from './event-sources/schedules.ts';
import { createSqsClient } from './event-sources/sqs-client.ts';
import type { Endpoints } from './lambda/function-config.ts';
import { createFunctionLog } from './lambda/function-log.ts';
import { createFunctions, type Functions, type IdleLimits } from './lambda/functions.ts';
import { createLocalPages } from './local-pages.ts';
import { readDeployment } from './read-deployment.ts';
import { readStack } from './secrets-manager/read-stack.ts';
import { type OnClose, startEmulators } from './start-emulators.ts';
import type { Stack } from './template/load-stack.ts';
import type { Template } from './template/template.ts';

export interface LocalCloudOptions {
  readonly template: Template;
  /** Where the template's assets are. */
  readonly assetDirectory: string;
  /** Of the API; 0 takes a free one. */
  readonly port: number;
  /** A directory, or `:memory:`. */
  readonly dataDirectory: string;
  readonly stackName?: string;
  /** How long environments stay without an invocation. */
  readonly idle?: IdleLimits;
  /** Texts of secrets, by the output of the template that holds the secret's ARN. */
  readonly secrets?: Readonly<Record<string, string>>;
  /** What the template's services get beside what it sets; without it they don't run. */
  readonly serviceEnvironment?: Readonly<Record<string, string>>;
  /** Values for variables that the functions have, once it is known how the services started. */
  readonly variables?: (services: StartedServices) => Readonly<Record<string, string>>;
  /** Puts something between the functions and the services: answers where they are to call instead. */
  readonly between?: (endpoints: Endpoints) => Promise<Endpoints>;
}

/** A stack that runs on this machine. */
export interface LocalCloud {
  /** Of the REST API, at its stage. */
  readonly url: string;
  readonly endpoints: Endpoints;
  /** Names and ARNs of the template's resources. */
  readonly stack: Stack;
  readonly functions: Functions;
  /** The value of one of the template's outputs. */
  output(name: string): string;
  /** The AWS calls made since the start or the last reset. */
  calls(): CallCount[];
  resetCalls(): void;
  /** Stops accepting, drains the queues' consumers for up to five seconds, ends every process it started. */
  close(): Promise<void>;
}

const DRAIN_MS = 5_000;
const IDLE: IdleLimits = { surplusMs: 30_000, lastMs: 600_000 };

/** Runs a synthesized template on loopback; throws a TemplateError for one that it can't honour in full. */
export async function startLocalCloud(options: LocalCloudOptions): Promise<LocalCloud> {
  const started: (() => void | Promise<void>)[] = [];
  const closeAll = async () => {
    for (const close of started.splice(0).reverse()) await close();
  };
  try {
    return await start(options, (close) => started.push(close), closeAll);
  } catch (error) {
    await closeAll();
    throw error;
  }
}

async function start(
  options: LocalCloudOptions,
  onClose: OnClose,
  closeAll: () => Promise<void>,
): Promise<LocalCloud> {
  const { template, assetDirectory, port, dataDirectory, stackName = 'cordon', idle = IDLE } = options;
  const cores = availableParallelism();
  const calls = createCallLog();
  const emulators = await startEmulators(dataDirectory, calls, onClose);
  const { endpoints, sqsAndS3 } = emulators;
  const stack = readStack(
    template,
    { stackName, sqsEndpoint: endpoints.sqs },
    emulators.secrets,
    options.secrets,
  );
  const services = await startServices(stack, {
    assetDirectory,
    environment: options.serviceEnvironment,
    logOf: (logicalId) => createFunctionLog(emulators.data.logDirectory, logicalId),
  });
  onClose(services.close);
  const variables = { values: options.variables?.(services) ?? {}, addresses: services.addresses };
  const called = (await options.between?.(endpoints)) ?? endpoints;
  const deployment = readDeployment(stack, { assetDirectory, endpoints: called, variables });
  const { configs, api, mappings, schedules } = deployment;
  createResources(stack, emulators);

  const functions = createFunctions({
    configs,
    calls,
    logOf: ({ logicalId }) => createFunctionLog(emulators.data.logDirectory, logicalId),
    inFront: api === undefined ? [] : functionsOf(api),
    scheduled: schedules.map(({ functionConfig }) => functionConfig.name),
    concurrency: concurrencyOf(cores),
    processes: Math.max(4, 2 * cores),
    cores,
    idle,
  });
  emulators.setFunctions(functions);
  onClose(functions.close);

  const local = createLocalPages({ calls, functions, endpoints });
  const server = api && (await startApiServer({ port, api, functions, clock: Date.now, local }));
  const sqs = createSqsClient(sqsAndS3.url);
  onClose(sqs.close);
  const machineConcurrency = Math.max(4, 2 * cores);
  const pumps = mappings.map((mapping) => startPump(mapping, { sqs, functions, machineConcurrency }));
  onClose(startSchedules(schedules, functions));
  onClose(async () => {
    await Promise.all([server?.close(DRAIN_MS), ...pumps.map((pump) => pump.stop(DRAIN_MS))]);
  });

  return {
    url: server?.url ?? '',
    endpoints,
    stack,
    functions,
    output: stack.output,
    calls: calls.counts,
    resetCalls: calls.reset,
    close: closeAll,
  };
}

/** An environment costs 25 to 35 MiB; most of them wait most of the time, so there are many more than cores. */
const concurrencyOf = (cores: number): number =>
  Math.max(16, Math.min(16 * cores, Math.floor(totalmem() / 2 ** 20 / 128)));
