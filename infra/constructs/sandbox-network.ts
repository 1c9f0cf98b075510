import { Stack } from 'aws-cdk-lib';
import {
  GatewayVpcEndpointAwsService,
  InterfaceVpcEndpointAwsService,
  IpAddresses,
  Peer,
  Port,
  SecurityGroup,
  type SubnetSelection,
  SubnetType,
  Vpc,
} from 'aws-cdk-lib/aws-ec2';
import { AnyPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { ExecutionStorage } from './executor.ts';

export const hostPort = 8_080;

/**
 * Subnets without a route out: no internet gateway, no NAT.
 *
 *   executors --8080--> hosts
 *       |                 '--443--> ecr.api, ecr.dkr, logs: interface endpoints, paid by the hour, in one zone
 *       '--443--> DynamoDB, S3 <-443-'   gateway endpoints, free, open for our tables, our blobs and image layers
 *
 * Without the three interface endpoints no host can start: Fargate pulls its image and writes its log through the
 * task's own network.
 */
export class SandboxNetwork extends Construct {
  readonly vpc: Vpc;
  readonly subnets: SubnetSelection = { subnetType: SubnetType.PRIVATE_ISOLATED };
  readonly executors: SecurityGroup;
  readonly hosts: SecurityGroup;

  constructor(scope: Construct, id: string, storage: ExecutionStorage) {
    super(scope, id);
    this.vpc = new Vpc(this, 'vpc', {
      ipAddresses: IpAddresses.cidr('10.1.0.0/20'),
      maxAzs: 2,
      natGateways: 0,
      restrictDefaultSecurityGroup: false,
      subnetConfiguration: [{ name: 'isolated', subnetType: SubnetType.PRIVATE_ISOLATED }],
    });
    this.executors = this.createSecurityGroup('executors');
    this.hosts = this.createSecurityGroup('hosts');
    this.hosts.addIngressRule(this.executors, Port.tcp(hostPort), 'jobs');
    this.executors.addEgressRule(this.hosts, Port.tcp(hostPort), 'jobs');
    // Addresses of gateway endpoints are known by region only; whatever else is asked for, no route leads there.
    this.executors.addEgressRule(Peer.anyIpv4(), Port.tcp(443), 'gateway endpoints');
    this.hosts.addEgressRule(Peer.anyIpv4(), Port.tcp(443), 'endpoints');

    this.addGatewayEndpoints(storage);
    this.addInterfaceEndpoints();
  }

  private createSecurityGroup(name: string): SecurityGroup {
    return new SecurityGroup(this, name, {
      vpc: this.vpc,
      description: `${name} of the gvisor lane`,
      allowAllOutbound: false,
    });
  }

  private addGatewayEndpoints({ tables, blobs }: ExecutionStorage): void {
    const { partition, region } = Stack.of(this);
    const anyone = [new AnyPrincipal()];
    const dynamoDb = this.vpc.addGatewayEndpoint('dynamodb', {
      service: GatewayVpcEndpointAwsService.DYNAMODB,
    });
    dynamoDb.addToPolicy(
      new PolicyStatement({
        principals: anyone,
        actions: ['dynamodb:UpdateItem'],
        resources: [tables.executions.tableArn, tables.ledger.tableArn],
      }),
    );
    dynamoDb.addToPolicy(
      new PolicyStatement({
        principals: anyone,
        actions: ['dynamodb:GetItem'],
        resources: [tables.control.tableArn, tables.executions.tableArn],
      }),
    );
    const s3 = this.vpc.addGatewayEndpoint('s3', { service: GatewayVpcEndpointAwsService.S3 });
    s3.addToPolicy(
      new PolicyStatement({
        principals: anyone,
        actions: ['s3:GetObject', 's3:PutObject'],
        resources: [blobs.bucket.arnForObjects('*')],
      }),
    );
    // https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html, "Minimum Amazon S3 bucket permissions".
    s3.addToPolicy(
      new PolicyStatement({
        principals: anyone,
        actions: ['s3:GetObject'],
        resources: [`arn:${partition}:s3:::prod-${region}-starport-layer-bucket/*`],
      }),
    );
  }

  private addInterfaceEndpoints(): void {
    const services = {
      'ecr-api': InterfaceVpcEndpointAwsService.ECR,
      'ecr-images': InterfaceVpcEndpointAwsService.ECR_DOCKER,
      logs: InterfaceVpcEndpointAwsService.CLOUDWATCH_LOGS,
    };
    const endpoints = this.createSecurityGroup('endpoints');
    endpoints.addIngressRule(this.hosts, Port.tcp(443), 'images and logs');
    for (const [name, service] of Object.entries(services)) {
      this.vpc.addInterfaceEndpoint(name, {
        service,
        open: false,
        securityGroups: [endpoints],
        subnets: { subnets: this.vpc.isolatedSubnets.slice(0, 1) },
      });
    }
  }
}
