import { availableParallelism } from 'node:os';
import type { Sandbox } from '../../sandboxes/sandbox.ts';

/** The newest envd whose calls are all supported: the SDK refuses by itself what came later. */
export const envdVersion = '0.5.7';
const cpuCount = availableParallelism();
const bytesPerMiB = 1024 * 1024;

/** What creating and connecting answer: all that the SDK needs to talk to the sandbox. */
export function toConnection({ id, template, accessToken }: Sandbox): Record<string, unknown> {
  return {
    sandboxID: id,
    templateID: template,
    clientID: 'cordon',
    envdVersion,
    envdAccessToken: accessToken,
    domain: null,
  };
}

export function toListed(sandbox: Sandbox): Record<string, unknown> {
  const { id, template, metadata, limits, startedAtMs, endsAtMs } = sandbox;
  return {
    sandboxID: id,
    templateID: template,
    alias: template,
    clientID: 'cordon',
    envdVersion,
    state: 'running',
    startedAt: new Date(startedAtMs).toISOString(),
    endAt: new Date(endsAtMs).toISOString(),
    cpuCount,
    memoryMB: limits.memoryMiB,
    diskSizeMB: limits.diskMiB,
    metadata,
    volumeMounts: [],
  };
}

export function toDetail(sandbox: Sandbox): Record<string, unknown> {
  return {
    ...toListed(sandbox),
    envdAccessToken: sandbox.accessToken,
    domain: null,
    allowInternetAccess: false,
    lifecycle: { onTimeout: 'kill', autoResume: false },
  };
}

/**
 * One reading, of now. `cpuUsedPct` is the mean since the start, in percent of one core; files are in memory here
 * (tmpfs), so they count there and the disk reads 0.
 */
export function toMetric({ guest, limits, startedAtMs }: Sandbox, nowMs: number): Record<string, unknown> {
  const { cpuTimeMs, memoryMiB } = guest.usage();
  const ageMs = Math.max(1, nowMs - startedAtMs);
  return {
    timestamp: new Date(nowMs).toISOString(),
    timestampUnix: Math.floor(nowMs / 1000),
    cpuUsedPct: Math.round((cpuTimeMs / ageMs) * 10_000) / 100,
    cpuCount,
    memUsed: Math.round(memoryMiB * bytesPerMiB),
    memTotal: limits.memoryMiB * bytesPerMiB,
    memCache: 0,
    diskUsed: 0,
    diskTotal: limits.diskMiB * bytesPerMiB,
  };
}
