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

interface AttackOutcome {
  readonly report: SandboxReport;
  readonly artifacts: Record<string, string>;
  /** What a canary of the same tenant gave after it. */
  readonly next: SandboxReport;
}

/**
 * Every attack on a backend with real processes, or every so many of each kind, two tenants at a time. After each: the exact outcome, a canary of the
 * same tenant as before any attack, no trap of the host sprung, no process of a sandbox left.
 */
export function describeProcessAttacks(gvisor: SentryConfig, name: SandboxHostBackendName, oneIn = 1): void {
  const before = readLeftovers();
  const groups = Object.entries({ ...processAttacks, ...anywhereAttacks }).map(
    ([what, attacks]) => [what, attacks.filter((_, index) => index % oneIn === 0)] as const,
  );
  const all = groups.flatMap(([, attacks]) => attacks);
  const outcomes = new Map<Attack, Promise<AttackOutcome>>();
  const untouched: Partial<Record<Language, SandboxReport>> = {};
  let traps: HostTraps;
  let opened: OpenedBackend;
  let executions = 0;

  beforeAll(async () => {
    traps = await setHostTraps();
    opened = await openSandboxHost(gvisor, name);
    for (const language of ['python', 'javascript', 'typescript', 'bash'] as const) {
      untouched[language] = await runCanary(language, 'nobody-attacks');
      expect(untouched[language]).toMatchObject({ ending: { kind: 'exited', exitCode: 0 }, error: null });
    }
  });

  afterAll(async () => {
    await Promise.allSettled(outcomes.values());
    await Promise.all(opened.sentries.map(({ ended }) => ended));
    await opened.close();
    expect(traps.sprung).toEqual([]);
    await traps.close();
    expect(await newDescriptors(before)).toEqual({});
    expect(readLeftovers(opened.sentries)).toMatchObject({ processes: 0, folders: before.folders });
  });

  for (const [what, attacks] of groups) {
    describe(`a program that ${what}`, () => {
      it.each(attacks)('$program.language: $name', async (attack) => {
        const present = outcomeOf(attack);
        const following = all[all.indexOf(attack) + 1];
        if (following !== undefined) outcomeOf(following);
        const { report, artifacts, next } = await present;

        const expected = attack.expectedOnProcesses ?? attack.expected;
        expectContained(report, expected);
        if (expected.artifacts !== undefined) expect(artifacts).toEqual(expected.artifacts);
        expect(JSON.stringify({ report, artifacts })).not.toContain(traps.secret);
        expect(seen(next)).toEqual(seenOf(untouched[attack.program.language]));
        expect(traps.sprung).toEqual([]);
        expect(readLeftovers(opened.takeEnded()).processes).toBe(0);
      });
    });
  }

  /** Starts it, once: the one of the next test runs meanwhile, for another tenant. */
  function outcomeOf(attack: Attack): Promise<AttackOutcome> {
    const known = outcomes.get(attack);
    if (known !== undefined) return known;
    const outcome = attackThenCanary(attack, `tenant-${outcomes.size % 2}`);
    outcome.catch(() => {}); // whoever asks for it is told
    outcomes.set(attack, outcome);
    return outcome;
  }

  async function attackThenCanary(attack: Attack, tenant: string): Promise<AttackOutcome> {
    const ended = await run(attack, tenant, traps.env);
    return { ...ended, next: await runCanary(attack.program.language, tenant) };
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
