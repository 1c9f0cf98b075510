import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { StartError } from '../start-error.ts';
import type { Stack } from '../template/load-stack.ts';
import type { Json, Resource } from '../template/template.ts';

/** An ECS service of the template, as the process that stands for all of its tasks. */
export interface ServiceConfig {
  readonly logicalId: string;
  /** What its functions ask for: the Cloud Map name of its tasks, and the port they listen on. */
  readonly address: string;
  /** The module that the image would start. */
  readonly file: string;
  /** The image's folder. */
  readonly directory: string;
  readonly environment: Readonly<Record<string, string>>;
}

interface Container {
  readonly Image: string;
  readonly Environment?: readonly { readonly Name: string; readonly Value: string }[];
  readonly PortMappings?: readonly { readonly ContainerPort: number }[];
}

/** Reads the services whose tasks are one container, made from an asset of the template. */
export function readServices(stack: Stack, assetDirectory: string): ServiceConfig[] {
  return stack.ofType('AWS::ECS::Service').map((service) => {
    const { logicalId, properties } = service;
    const task = find(stack, 'AWS::ECS::TaskDefinition', ({ ref }) => ref === properties.TaskDefinition);
    const [container, ...others] = (task?.properties.ContainerDefinitions ?? []) as unknown as Container[];
    if (container === undefined || others.length > 0)
      throw new StartError(`${logicalId}: a service must have a task of one container`);
    const directory = resolve(assetDirectory, `asset.${container.Image.split(':').at(-1)}`);
    return {
      logicalId,
      address: `${nameOf(stack, service)}:${container.PortMappings?.[0]?.ContainerPort}`,
      file: moduleIn(directory),
      directory,
      environment: Object.fromEntries((container.Environment ?? []).map(({ Name, Value }) => [Name, Value])),
    };
  });
}

/** The name in Cloud Map: the service's own in its namespace. */
function nameOf(stack: Stack, { logicalId, properties }: Resource): string {
  const [registry] = (properties.ServiceRegistries ?? []) as readonly { RegistryArn?: Json }[];
  const entry = find(
    stack,
    'AWS::ServiceDiscovery::Service',
    ({ attributes }) => attributes.Arn === registry?.RegistryArn,
  );
  const namespace = find(
    stack,
    'AWS::ServiceDiscovery::PrivateDnsNamespace',
    ({ attributes }) => attributes.Id === entry?.properties.NamespaceId,
  );
  if (entry === undefined || namespace === undefined)
    throw new StartError(`${logicalId}: a service needs a name in Cloud Map`);
  return `${entry.properties.Name}.${namespace.properties.Name}`;
}

function find(
  stack: Stack,
  type: string,
  isIt: (names: ReturnType<Stack['namesOf']>) => boolean,
): Resource | undefined {
  return stack.ofType(type).find(({ logicalId }) => isIt(stack.namesOf(logicalId)));
}

/** The one bundle that the build put into the image's folder; starting what isn't there says so. */
function moduleIn(directory: string): string {
  const bundles = join(directory, 'build/functions');
  const [name = ''] = existsSync(bundles) ? readdirSync(bundles) : [];
  return join(bundles, name, 'main.mjs');
}
