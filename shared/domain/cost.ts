import type { BackendName } from './execution.ts';
import type { Usage } from './limits.ts';

/** Memory of the `sandbox-wasm` Lambda: the heap ceiling of two interpreters, their code and Node itself. */
export const wasmSandboxMemoryMiB = 2048;

/**
 * AWS Lambda, arm64, us-east-1, first tier: https://aws.amazon.com/lambda/pricing/ (read 2026-11).
 * Billed per millisecond of the sandbox's duration on its configured memory, plus each invoke.
 */
const lambdaUsdPerGiBSecond = 0.0000133334;
const lambdaUsdPerInvoke = 0.0000002;

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
    case 'gvisor':
      throw new Error(`no price for backend ${backend}`);
  }
}

/** Ten decimals: a hundredth of a cent per million executions. */
function roundUsd(usd: number): number {
  return Math.round(usd * 1e10) / 1e10;
}
