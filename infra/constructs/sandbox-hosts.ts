import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Platform } from 'aws-cdk-lib/aws-ecr-assets';
import {
  AwsLogDriverMode,
  Capability,
  Cluster,
  ContainerImage,
  CpuArchitecture,
  FargateService,
  FargateTaskDefinition,
  LinuxParameters,
  LogDrivers,
  OperatingSystemFamily,
} from 'aws-cdk-lib/aws-ecs';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { DnsRecordType, NamespaceType } from 'aws-cdk-lib/aws-servicediscovery';
import { Construct } from 'constructs';
import { sandboxHosts } from '../config.ts';
import { hostPort, type SandboxNetwork } from './sandbox-network.ts';

/** Made by the build: the Dockerfile and what it copies, nothing else, so that only those change the image. */
const imageFolder = 'build/images/sandbox-host';
const dockerfile = 'functions/sandbox-host/Dockerfile';
const namespace = 'cordon.internal';
const serviceName = 'sandbox-host';

/** Fargate's longest; a host that is told to end lets the runs in it end first. */
const stopTimeoutSeconds = 120;

export interface SandboxHostsProps {
  network: SandboxNetwork;
  /** What executors show. */
  apiKey: string;
  /** Of the runsc release in the image; the image can't be built without it. */
  runscSha512: string | undefined;
}

/**
 * Where untrusted code runs under gVisor: Fargate tasks without rights of their own, found by a DNS name that
 * stands for all of them.
 */
export class SandboxHosts extends Construct {
  readonly service: FargateService;
  readonly url = `http://${serviceName}.${namespace}:${hostPort}`;

  constructor(scope: Construct, id: string, { network, apiKey, runscSha512 }: SandboxHostsProps) {
    super(scope, id);
    const cluster = new Cluster(this, 'cluster', {
      vpc: network.vpc,
      defaultCloudMapNamespace: { name: namespace, type: NamespaceType.DNS_PRIVATE, vpc: network.vpc },
    });
    // The first host starts with the deployment, which fails when the host's self-test does.
    this.service = new FargateService(this, 'service', {
      cluster,
      taskDefinition: this.defineTask(apiKey, runscSha512),
      assignPublicIp: false,
      vpcSubnets: network.subnets,
      securityGroups: [network.hosts],
      minHealthyPercent: 100,
      circuitBreaker: { rollback: true },
      cloudMapOptions: { name: serviceName, dnsRecordType: DnsRecordType.A, dnsTtl: Duration.seconds(5) },
    });
  }

  private defineTask(apiKey: string, runscSha512: string | undefined): FargateTaskDefinition {
    const task = new FargateTaskDefinition(this, 'task', {
      cpu: sandboxHosts.cpuUnits,
      memoryLimitMiB: sandboxHosts.memoryMiB,
      runtimePlatform: {
        cpuArchitecture: CpuArchitecture.X86_64,
        operatingSystemFamily: OperatingSystemFamily.LINUX,
      },
    });
    task.addContainer('host', {
      image: ContainerImage.fromAsset(imageFolder, {
        file: dockerfile,
        platform: Platform.LINUX_AMD64,
        ...(runscSha512 !== undefined && { buildArgs: { RUNSC_SHA512: runscSha512 } }),
      }),
      user: '0:0',
      linuxParameters: this.limitCapabilities(),
      stopTimeout: Duration.seconds(stopTimeoutSeconds),
      environment: {
        PORT: String(hostPort),
        HOST: '0.0.0.0',
        HOST_API_KEY: apiKey,
        SANDBOX_MODE: 'boot',
        WARM: JSON.stringify(sandboxHosts.warm),
      },
      portMappings: [{ containerPort: hostPort }],
      healthCheck: {
        command: ['CMD', 'node', '-e', isHealthy],
        interval: Duration.seconds(10),
        startPeriod: Duration.seconds(60),
      },
      // A host that can't write its log goes on: waiting for the log would hold up every sandbox.
      logging: LogDrivers.awsLogs({
        streamPrefix: 'host',
        mode: AwsLogDriverMode.NON_BLOCKING,
        logGroup: new LogGroup(this, 'logs', {
          retention: RetentionDays.ONE_MONTH,
          removalPolicy: RemovalPolicy.DESTROY,
        }),
      }),
    });
    return task;
  }

  /** The launcher needs to give up rights (SETUID, SETGID, CHROOT, KILL) and gVisor to trace; nothing needs the rest. */
  private limitCapabilities(): LinuxParameters {
    const parameters = new LinuxParameters(this, 'linux', { initProcessEnabled: true });
    parameters.addCapabilities(Capability.SYS_PTRACE);
    parameters.dropCapabilities(
      Capability.NET_RAW,
      Capability.MKNOD,
      Capability.AUDIT_WRITE,
      Capability.SETFCAP,
      Capability.NET_BIND_SERVICE,
      Capability.FSETID,
      Capability.FOWNER,
      Capability.DAC_OVERRIDE,
    );
    return parameters;
  }
}

const isHealthy = `fetch('http://127.0.0.1:${hostPort}/health').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))`;
