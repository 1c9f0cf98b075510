import type { SandboxJob, SandboxReport } from '../../../shared/domain/sandbox-report.ts';
import type { IsolationCommand } from './isolation.ts';
import { residentMiBOf } from './process-stats.ts';
import { SandboxLost } from './sandbox-lost.ts';
import { type SandboxProcess, startSandboxProcess } from './sandbox-process.ts';
import type { ChildKind } from './start-child.ts';

export interface SandboxPool {
  run(job: SandboxJob): Promise<SandboxReport>;
  warm(): void;
  close(): Promise<void>;
}

/** A waiting sandbox. `tenant` is whose programs it has run; null: nobody's, so it may serve anybody. */
interface Idle {
  sandbox: SandboxProcess;
  tenant: string | null;
}

/** Sandboxes that run at the same time; further jobs wait. A Lambda environment has one job at a time. */
const maxRunning = 4;
/** A sandbox whose last program made it this big is replaced instead of kept. */
const maxIdleMiB = 256;
/** CPU time after which a sandbox is replaced, well before its resource limit would end it. */
const maxCpuMs = 300_000;

/**
 * Keeps at most one idle sandbox: the last one used, for its own tenant only, or a fresh one.
 *
 *   run ──> idle of this tenant, or fresh? ──> take it ──> run ──> reset fine ──> idle again
 *            └─ no: kill what is idle, start one              └─ else: kill, start a fresh one ──> idle
 */
export function createSandboxPool(
  kind: ChildKind,
  directory: string,
  isolation: IsolationCommand,
): SandboxPool {
  const alive = new Set<SandboxProcess>();
  const cpuUsedMs = new WeakMap<SandboxProcess, number>();
  const waiting: (() => void)[] = [];
  let idle: Idle | null = null;
  let running = 0;
  let isClosed = false;

  function start(): SandboxProcess {
    const sandbox = startSandboxProcess(kind, directory, isolation);
    alive.add(sandbox);
    void sandbox.exited.then(() => {
      alive.delete(sandbox);
      if (idle?.sandbox === sandbox) idle = null;
    });
    return sandbox;
  }

  function warm(): void {
    if (isClosed || idle !== null) return;
    idle = { sandbox: start(), tenant: null };
  }

  function take(tenant: string): SandboxProcess {
    const candidate = idle;
    idle = null;
    if (candidate === null) return start();
    if (candidate.tenant === null || candidate.tenant === tenant) return candidate.sandbox;
    candidate.sandbox.kill();
    return start();
  }

  /** Keeps a sandbox that may serve its tenant again; replaces any other. */
  function giveBack(sandbox: SandboxProcess, tenant: string, report: SandboxReport | null): void {
    const isUsable = report?.ending.kind === 'exited' && !isWornOut(sandbox, report);
    if (!isUsable || isClosed || idle !== null || !alive.has(sandbox)) {
      sandbox.kill();
      warm();
      return;
    }
    idle = { sandbox, tenant };
    void sandbox.isReady().then((isReady) => {
      if (isReady || idle?.sandbox !== sandbox) return;
      idle = null;
      sandbox.kill();
      warm();
    });
  }

  function isWornOut(sandbox: SandboxProcess, { usage }: SandboxReport): boolean {
    const usedMs = (cpuUsedMs.get(sandbox) ?? 0) + usage.cpuTimeMs;
    cpuUsedMs.set(sandbox, usedMs);
    return usedMs > maxCpuMs || (residentMiBOf(sandbox.pid) ?? 0) > maxIdleMiB;
  }

  async function runOnce(job: SandboxJob): Promise<SandboxReport> {
    const sandbox = take(job.tenant);
    let report: SandboxReport | null = null;
    try {
      report = await sandbox.run(job);
      return report;
    } finally {
      giveBack(sandbox, job.tenant, report);
    }
  }

  return {
    warm,
    async run(job) {
      while (running >= maxRunning) await new Promise<void>((resolve) => waiting.push(resolve));
      running += 1;
      try {
        return await runOnce(job).catch((error: unknown) => {
          // The sandbox died while it waited: the next one is fresh.
          if (error instanceof SandboxLost && !error.hasStarted && !isClosed) return runOnce(job);
          throw error;
        });
      } finally {
        running -= 1;
        waiting.shift()?.();
      }
    },
    async close() {
      isClosed = true;
      const ends = [...alive].map(({ exited }) => exited);
      for (const sandbox of alive) sandbox.kill();
      await Promise.all(ends);
    },
  };
}
