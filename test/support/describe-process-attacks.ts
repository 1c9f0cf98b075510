import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SentryConfig } from '../../functions/sandbox-host/sentry/sentry.ts';
import type { Limits } from '../../shared/domain/limits.ts';
import type { Language } from '../../shared/domain/program.ts';
import type { SandboxReport } from '../../shared/domain/sandbox-report.ts';
import { anywhereAttacks } from '../attacks/anywhere.ts';
import { canaries } from '../attacks/processes/canaries.ts';
import { processAttacks } from '../attacks/processes.ts';
import type { Attack } from './attack.ts';
import { expectContained, seen } from './expect-contained.ts';
import { type HostTraps, setHostTraps } from './host-traps.ts';
import { type OpenedBackend, openSandboxHost, type SandboxHostBackendName } from './sandbox-host-backend.ts';
import { newDescriptors, readLeftovers } from './sentry-leftovers.ts';

const generousLimits: Limits = {
  wallTimeMs: 60_000,
  cpuTimeMs: 60_000,
  memoryMiB: 256,
  outputBytes: 1_000_000,
  processes: 16,
  diskMiB: 64,
};

/**
 * Every attack on a backend with real processes, one after the other. After each: the exact outcome, a canary of the
 * same tenant as before any attack, no trap of the host sprung, no process of a sandbox left.
 */
export function describeProcessAttacks(gvisor: SentryConfig, name: SandboxHostBackendName): void {
  const before = readLeftovers();
  let traps: HostTraps;
  let opened: OpenedBackend;
  let executions = 0;
  const untouched: Partial<Record<Language, SandboxReport>> = {};

  beforeAll(async () => {
    traps = await setHostTraps();
    opened = await openSandboxHost(gvisor, name);
    for (const language of ['python', 'javascript', 'typescript', 'bash'] as const) {
      untouched[language] = await runCanary(language, 'nobody-attacks');
      expect(untouched[language]).toMatchObject({ ending: { kind: 'exited', exitCode: 0 }, error: null });
    }
  });

  afterAll(async () => {
    await opened.close();
    await traps.close();
    expect(await newDescriptors(before)).toEqual({});
    expect(readLeftovers(opened.sentries)).toMatchObject({ processes: 0, folders: before.folders });
  });

  for (const [what, attacks] of Object.entries({ ...processAttacks, ...anywhereAttacks })) {
    describe(`a program that ${what}`, () => {
      it.each(attacks)('$program.language: $name', async (attack) => {
        const started = opened.sentries.length;
        const { report, artifacts } = await run(attack, 'tenant-a', traps.env);
        const next = await runCanary(attack.program.language, 'tenant-a');
        await Promise.all(opened.sentries.slice(started).map(({ ended }) => ended));

        expectContained(report, attack.expected);
        if (attack.expected.artifacts !== undefined) expect(artifacts).toEqual(attack.expected.artifacts);
        expect(JSON.stringify({ report, artifacts })).not.toContain(traps.secret);
        expect(seen(next)).toEqual(seenOf(untouched[attack.program.language]));
        expect(traps.sprung).toEqual([]);
        expect(readLeftovers(opened.sentries.slice(started)).processes).toBe(0);
      });
    });
  }

  async function runCanary(language: Language, tenant: string): Promise<SandboxReport> {
    return (await run({ program: canaries[language] }, tenant, { NOW: String(Date.now()) })).report;
  }

  async function run(
    { program, limits = {}, artifacts = [] }: Pick<Attack, 'program' | 'limits' | 'artifacts'>,
    tenant: string,
    env: Readonly<Record<string, string>>,
  ) {
    executions += 1;
    const result = await opened.backend.run({
      executionId: `exe_attack${executions}`,
      tenant,
      program: { stdin: '', args: [], files: [], ...program, env: { ...env, ...program.env } },
      limits: { ...generousLimits, ...limits },
      artifacts,
    });
    const texts = result.artifacts.map(({ path, content }) => [
      path,
      Buffer.from(content).toString('latin1'),
    ]);
    return { report: result.report, artifacts: Object.fromEntries(texts) as Record<string, string> };
  }
}

function seenOf(report: SandboxReport | undefined) {
  if (report === undefined) throw new Error('no canary ran before the attacks');
  return seen(report);
}
