import { RemovalPolicy } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { sandboxHosts } from '../config.ts';
import { type ExecutionStorage, Executor } from '../constructs/executor.ts';
import { HostScaling } from '../constructs/host-scaling.ts';
import { Lane } from '../constructs/lane.ts';
import { networkInterfaceRights } from '../constructs/network-interface-rights.ts';
import { SandboxHosts } from '../constructs/sandbox-hosts.ts';
import { SandboxNetwork } from '../constructs/sandbox-network.ts';

export interface GvisorLaneProps {
  storage: ExecutionStorage;
  runscSha512: string | undefined;
}

/**
 * queue > run-execution > sandbox hosts, both in a network without a way out
 *
 * The executor reaches tables and blobs through gateway endpoints, which are free. It has no way to SQS: what it
 * wants delivered again comes back when the queue's visibility timeout ends, and callbacks are sent by the reconciler.
 */
export class GvisorLane extends Lane {
  constructor(scope: Construct, { storage, runscSha512 }: GvisorLaneProps) {
    super(scope, 'gvisor');
    const network = new SandboxNetwork(this, 'network', storage);
    const key = new Secret(this, 'host-key', {
      description: 'What the executor shows to the sandbox hosts',
      generateSecretString: { passwordLength: 40, excludePunctuation: true },
      removalPolicy: RemovalPolicy.DESTROY,
    });
    // Resolved by CloudFormation: reading it at run time would need an endpoint of Secrets Manager in the network.
    const apiKey = key.secretValue.unsafeUnwrap();
    const hosts = new SandboxHosts(this, 'hosts', { network, apiKey, runscSha512 });
    new HostScaling(this, 'scaling', { queue: this.queue, service: hosts.service });

    new Executor(this, 'executor', {
      storage,
      lane: this,
      maxConcurrency: sandboxHosts.most * sandboxHosts.sandboxesEach,
      variables: { BACKEND: 'gvisor', SANDBOX_HOST_URL: hosts.url, HOST_API_KEY: apiKey },
      options: {
        vpc: network.vpc,
        vpcSubnets: network.subnets,
        securityGroups: [network.executors],
        initialPolicy: [networkInterfaceRights()],
      },
    });
  }
}
