import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { accessKeyIdOf } from '../../../local/calls/caller.ts';

/** A process of the service with SDK clients of its own; what it signs bears its name. */
export interface Process {
  name: string;
  dynamodb: DynamoDBClient;
  sqs: SQSClient;
  /** Never resolves while it lives. */
  killed: Promise<'killed'>;
}

export type Role = 'submitter' | 'canceller' | 'executor' | 'settler' | 'reconciler' | 'deliverer';

export interface Processes {
  /** The living process of this role; a new one after a kill. */
  of(role: Role): Process;
  /** Ends whoever is at work, as SIGKILL does: none of its code has an effect any more. */
  kill(): void;
  isDead(name: string): boolean;
  /** Ends the living ones as they are, between two pieces of work: an SDK client that met many failures tries less often. */
  renew(): void;
}

export function createProcesses(endpoints: { dynamodb: string; sqs: string }): Processes {
  const living = new Map<Role, Process & { die: () => void }>();
  const dead = new Set<string>();
  let atWork: Role | null = null;
  let born = 0;

  return {
    of(role) {
      atWork = role;
      const known = living.get(role);
      if (known !== undefined) return known;
      born += 1;
      const process = createProcess(`${role}-${born}`, endpoints);
      living.set(role, process);
      return process;
    },
    kill() {
      const process = atWork && living.get(atWork);
      if (!process) return;
      living.delete(atWork as Role);
      dead.add(process.name);
      process.die();
    },
    isDead: (name) => dead.has(name),
    renew() {
      for (const { dynamodb, sqs } of living.values()) {
        dynamodb.destroy();
        sqs.destroy();
      }
      living.clear();
    },
  };
}

function createProcess(
  name: string,
  endpoints: { dynamodb: string; sqs: string },
): Process & { die: () => void } {
  const { promise: killed, resolve } = Promise.withResolvers<'killed'>();
  const common = { region: 'local', credentials: { accessKeyId: accessKeyIdOf(name), secretAccessKey: '-' } };
  const dynamodb = new DynamoDBClient({ ...common, endpoint: endpoints.dynamodb });
  const sqs = new SQSClient({ ...common, endpoint: endpoints.sqs, useQueueUrlAsEndpoint: false });
  return {
    name,
    dynamodb,
    sqs,
    killed,
    die() {
      resolve('killed');
      dynamodb.destroy();
      sqs.destroy();
    },
  };
}
