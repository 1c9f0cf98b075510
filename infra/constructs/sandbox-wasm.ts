import { IpAddresses, SecurityGroup, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Effect, Policy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { TenancyConfig } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { wasmSandboxMemoryMiB } from '../../shared/domain/cost.ts';
import { sandboxTimeoutSeconds } from '../../shared/domain/timing.ts';
import { CordonFunction } from './cordon-function.ts';
import { networkInterfaceRights } from './network-interface-rights.ts';

/**
 * Where untrusted code runs in AWS: a Lambda in subnets without any route out, behind a security group without
 * egress, with execution environments of their own for every tenant. Its role lets the Lambda service attach the
 * network interface; the code that runs in the function is denied everything, that included. It has no log rights,
 * so nothing that a program does can write to a log.
 */
export class SandboxWasm extends Construct {
  readonly lambda: LambdaFunction;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const vpc = new Vpc(this, 'vpc', {
      ipAddresses: IpAddresses.cidr('10.0.0.0/20'),
      maxAzs: 2,
      natGateways: 0,
      restrictDefaultSecurityGroup: false,
      subnetConfiguration: [{ name: 'isolated', subnetType: SubnetType.PRIVATE_ISOLATED }],
    });
    const securityGroup = new SecurityGroup(this, 'no-egress', { vpc, allowAllOutbound: false });
    const role = new Role(this, 'role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    role.addToPolicy(networkInterfaceRights());

    this.lambda = new CordonFunction(this, 'sandbox-wasm', {
      description: 'Runs untrusted Python, JavaScript and TypeScript in WebAssembly',
      environment: {},
      timeoutSeconds: sandboxTimeoutSeconds,
      memoryMiB: wasmSandboxMemoryMiB,
      options: {
        role,
        vpc,
        vpcSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED },
        securityGroups: [securityGroup],
        tenancyConfig: TenancyConfig.PER_TENANT,
      },
    }).lambda;
    this.denyOwnCode(role);
  }

  /** A policy of its own, because one inside the role would make role and function depend on each other. */
  private denyOwnCode(role: Role): void {
    new Policy(this, 'deny-own-code', {
      roles: [role],
      statements: [
        new PolicyStatement({
          effect: Effect.DENY,
          actions: ['*'],
          resources: ['*'],
          conditions: { ArnEquals: { 'lambda:SourceFunctionArn': this.lambda.functionArn } },
        }),
      ],
    });
  }
}
