import type { FunctionLog } from '../lambda/function-log.ts';
import type { Stack } from '../template/load-stack.ts';
import { readServices } from './read-services.ts';
import { type RunningService, runService } from './run-service.ts';

/** The services of a stack, as far as they run. */
export interface StartedServices {
  /** Where those that run are, by their address in the template's network. */
  readonly addresses: ReadonlyMap<string, string>;
  /** Why others don't, by logical id. */
  readonly problems: ReadonlyMap<string, string>;
  close(): Promise<void>;
}

/** Starts every service of a stack, or none without an environment for them. One that fails to start is a problem to tell of. */
export async function startServices(
  stack: Stack,
  {
    assetDirectory,
    environment,
    logOf,
  }: {
    assetDirectory: string;
    environment: Readonly<Record<string, string>> | undefined;
    logOf: (logicalId: string) => FunctionLog;
  },
): Promise<StartedServices> {
  const running: RunningService[] = [];
  const problems = new Map<string, string>();
  if (environment !== undefined) {
    for (const config of readServices(stack, assetDirectory)) {
      try {
        running.push(await runService(config, { environment, log: logOf(config.logicalId) }));
      } catch (error) {
        problems.set(config.logicalId, error instanceof Error ? error.message : String(error));
      }
    }
  }
  return {
    addresses: new Map(running.map(({ address, localAddress }) => [address, localAddress])),
    problems,
    async close() {
      await Promise.all(running.map((service) => service.close()));
    },
  };
}
