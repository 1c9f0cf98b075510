import { unreachable } from './cordon-error.ts';
import type { BackendName } from './execution.ts';
import type { Usage } from './limits.ts';

/** Memory of the `sandbox-wasm` Lambda: the heap ceiling of two interpreters, their code and Node itself. */
export const wasmSandboxMemoryMiB = 2048;

/**
 * AWS Lambda, arm64, us-east-1, first tier: https://aws.amazon.com/lambda/pricing/ (from memory, to be checked).
 * Billed per millisecond of the sandbox's duration on its configured memory, plus each invoke.
 */
const lambdaUsdPerGiBSecond = 0.0000133334;
const lambdaUsdPerInvoke = 0.0000002;

/** A sandbox of E2B's base template. https://e2b.dev/docs/billing (from memory, to be checked), billed by the second. */
const e2bSandbox = { vcpus: 2, memoryGiB: 0.5 };
const e2bUsdPerVcpuSecond = 0.000014;
const e2bUsdPerGiBSecond = 0.0000045;

/**
 * A sandbox's share of a host: one vCPU and half a GiB for as long as it runs. Fargate, Linux on x86, us-east-1:
 * https://aws.amazon.com/fargate/pricing/ (from memory, to be checked). What a host costs while it waits is in no execution.
 */
const hostShare = { vcpus: 1, memoryGiB: 0.5 };
const fargateUsdPerVcpuSecond = 0.04048 / 3600;
const fargateUsdPerGiBSecond = 0.004445 / 3600;

/**
 * What the sandbox of one execution cost, in USD, from measured usage.
 * Leaves out what every request costs alike (API, queue, tables): the price list in the README has those.
 */
export function sandboxCostUsd(backend: BackendName, usage: Usage, sandboxStartMs: number): number {
  const seconds = (usage.wallTimeMs + sandboxStartMs) / 1000;
  switch (backend) {
    case 'wasm':
      return roundUsd(lambdaUsdPerInvoke + seconds * (wasmSandboxMemoryMiB / 1024) * lambdaUsdPerGiBSecond);
    case 'e2b':
      return roundUsd(
        seconds * (e2bSandbox.vcpus * e2bUsdPerVcpuSecond + e2bSandbox.memoryGiB * e2bUsdPerGiBSecond),
      );
    case 'gvisor':
      return roundUsd(
        seconds * (hostShare.vcpus * fargateUsdPerVcpuSecond + hostShare.memoryGiB * fargateUsdPerGiBSecond),
      );
    default:
      return unreachable(backend);
  }
}

/** A start that takes longer is rare, and charged all the same. */
const longStartMs = 5_000;

/** The most that an execution with this wall time can cost on any of its backends, but for a very slow start. */
export function mostCostUsd(route: readonly BackendName[], wallTimeMs: number): number {
  const usage = { wallTimeMs, cpuTimeMs: 0, peakMemoryMiB: 0, outputBytes: 0 };
  return Math.max(...route.map((backend) => sandboxCostUsd(backend, usage, longStartMs)));
}

/** Ten decimals: a hundredth of a cent per million executions. */
function roundUsd(usd: number): number {
  return Math.round(usd * 1e10) / 1e10;
}
