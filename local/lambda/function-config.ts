import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { accessKeyIdOf } from '../calls/caller.ts';
import { StartError } from '../start-error.ts';
import type { Stack } from '../template/load-stack.ts';
import { LOCAL_REGION } from '../template/resource-names.ts';
import type { Resource } from '../template/template.ts';

/** A Lambda function of the template, ready to run. */
export interface FunctionConfig {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  /** The bundle's module and the name of the function it exports. */
  readonly file: string;
  readonly exportName: string;
  readonly memoryMiB: number;
  readonly timeoutMs: number;
  /** All of the function's environment; nothing of this process's own gets in. */
  readonly environment: Readonly<Record<string, string>>;
  readonly tenantIsolated: boolean;
  readonly reservedConcurrency: number | undefined;
  readonly asynchronous: AsynchronousInvocation;
}

/** What happens to an event whose invocation fails. */
export interface AsynchronousInvocation {
  readonly maximumRetries: number;
  readonly maximumAgeMs: number;
}

/** AWS: "Asynchronous invocation", error handling. */
const ASYNCHRONOUS_DEFAULTS: AsynchronousInvocation = { maximumRetries: 2, maximumAgeMs: 6 * 3_600_000 };

export interface Endpoints {
  readonly dynamodb: string;
  readonly sqs: string;
  readonly s3: string;
  readonly lambda: string;
  readonly secretsManager: string;
}

/** Where a function's environment differs from what its template says. */
export interface LocalVariables {
  /** Values of variables that a function has, by name. */
  readonly values: Readonly<Record<string, string>>;
  /** Where what the template's network calls so is on this machine, such as `name.internal:80` to `127.0.0.1:81`. */
  readonly addresses: ReadonlyMap<string, string>;
}

/** The members of AWS::Lambda::Function that supported-resources.ts lets through. */
interface FunctionProperties {
  readonly Code: { readonly S3Key: string };
  readonly Handler: string;
  readonly MemorySize?: number;
  readonly Timeout?: number;
  readonly Environment?: { readonly Variables?: Readonly<Record<string, string>> };
  readonly TenancyConfig?: unknown;
  readonly ReservedConcurrentExecutions?: number;
}

export interface FunctionSurroundings {
  readonly assetDirectory: string;
  readonly endpoints: Endpoints;
  readonly variables: LocalVariables;
}

export function readFunctions(stack: Stack, surroundings: FunctionSurroundings): FunctionConfig[] {
  return stack.ofType('AWS::Lambda::Function').map((resource) => readFunction(stack, resource, surroundings));
}

function readFunction(
  stack: Stack,
  { logicalId, properties }: Resource,
  { assetDirectory, endpoints, variables }: FunctionSurroundings,
): FunctionConfig {
  const wanted = properties as unknown as FunctionProperties;
  const { ref: name, attributes } = stack.namesOf(logicalId);
  const directory = join(assetDirectory, `asset.${wanted.Code.S3Key.replace(/\.zip$/, '')}`);
  const dot = wanted.Handler.lastIndexOf('.');
  const memoryMiB = wanted.MemorySize ?? 128;
  const config = {
    logicalId,
    name,
    arn: attributes.Arn ?? name,
    file: moduleFile(directory, wanted.Handler.slice(0, dot), logicalId),
    exportName: wanted.Handler.slice(dot + 1),
    memoryMiB,
    timeoutMs: (wanted.Timeout ?? 3) * 1000,
    tenantIsolated: wanted.TenancyConfig !== undefined,
    reservedConcurrency: wanted.ReservedConcurrentExecutions,
    asynchronous: asynchronousOf(stack, name, attributes.Arn),
  };
  const environment = {
    ...reservedVariables(config, directory, wanted.Handler),
    ...endpointVariables(endpoints),
    ...localized(wanted.Environment?.Variables ?? {}, variables),
  };
  return { ...config, environment };
}

function localized(
  declared: Readonly<Record<string, string>>,
  { values, addresses }: LocalVariables,
): Record<string, string> {
  const entries = Object.entries(declared).map(([name, value]): [string, string] => {
    let local = values[name] ?? value;
    for (const [address, localAddress] of addresses) local = local.replaceAll(address, localAddress);
    return [name, local];
  });
  return Object.fromEntries(entries);
}

function asynchronousOf(stack: Stack, name: string, arn: string | undefined): AsynchronousInvocation {
  const config = stack
    .ofType('AWS::Lambda::EventInvokeConfig')
    .find(({ properties }) => properties.FunctionName === name || properties.FunctionName === arn);
  const { MaximumRetryAttempts, MaximumEventAgeInSeconds } = config?.properties ?? {};
  return {
    maximumRetries: Number(MaximumRetryAttempts ?? ASYNCHRONOUS_DEFAULTS.maximumRetries),
    maximumAgeMs:
      MaximumEventAgeInSeconds === undefined
        ? ASYNCHRONOUS_DEFAULTS.maximumAgeMs
        : Number(MaximumEventAgeInSeconds) * 1000,
  };
}

function moduleFile(directory: string, module: string, logicalId: string): string {
  const candidates = ['.mjs', '.js', '.cjs'].map((extension) => join(directory, module + extension));
  const file = candidates.find((candidate) => existsSync(candidate));
  if (file === undefined) throw new StartError(`${logicalId}: no bundle at ${candidates.join(' or ')}`);
  return file;
}

/** What Lambda sets itself (AWS: "Defined runtime environment variables"). The credentials name the caller. */
function reservedVariables(
  { logicalId, name, memoryMiB }: { logicalId: string; name: string; memoryMiB: number },
  directory: string,
  handler: string,
): Record<string, string> {
  return {
    _HANDLER: handler,
    AWS_REGION: LOCAL_REGION,
    AWS_DEFAULT_REGION: LOCAL_REGION,
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMiB),
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: 'local',
    AWS_ACCESS_KEY_ID: accessKeyIdOf(logicalId),
    AWS_SECRET_ACCESS_KEY: 'local',
    LAMBDA_TASK_ROOT: directory,
    LAMBDA_RUNTIME_DIR: '/var/runtime',
    PATH: process.env.PATH ?? '/usr/local/bin:/usr/bin:/bin',
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
  };
}

const endpointVariables = (endpoints: Endpoints): Record<string, string> => ({
  AWS_ENDPOINT_URL_DYNAMODB: endpoints.dynamodb,
  AWS_ENDPOINT_URL_SQS: endpoints.sqs,
  AWS_ENDPOINT_URL_S3: endpoints.s3,
  AWS_ENDPOINT_URL_LAMBDA: endpoints.lambda,
  AWS_ENDPOINT_URL_SECRETS_MANAGER: endpoints.secretsManager,
});
