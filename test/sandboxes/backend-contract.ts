import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Limits, Usage } from '../../shared/domain/limits.ts';
import type { Language, Program } from '../../shared/domain/program.ts';
import type { SandboxReport } from '../../shared/domain/sandbox-report.ts';
import type { BackendResult, SandboxBackend } from '../../shared/ports/sandbox-backend.ts';
import { describeAbort } from './contract/abort.ts';
import { describeArtifacts } from './contract/artifacts.ts';
import type { ContractCase } from './contract/contract-case.ts';
import { endingCases } from './contract/endings.ts';
import { inputCases } from './contract/input.ts';
import { describeIsolation } from './contract/isolation.ts';
import { limitCases } from './contract/limits.ts';
import { outputCases } from './contract/output.ts';

/** A backend to judge, and what it is for. */
export interface ContractSubject {
  open(): Promise<{ backend: SandboxBackend; close(): Promise<void> }>;
  languages: readonly Language[];
  /** Whether programs can start processes and send signals. */
  hasProcesses: boolean;
  hasArtifacts: boolean;
}

export interface ContractRun {
  run(
    program: Partial<Program> & Pick<Program, 'language' | 'source'>,
    options?: { limits?: Partial<Limits>; tenant?: string; artifacts?: string[]; signal?: AbortSignal },
  ): Promise<BackendResult>;
}

const generousLimits: Limits = {
  wallTimeMs: 20_000,
  cpuTimeMs: 20_000,
  memoryMiB: 256,
  outputBytes: 1_000_000,
  processes: 16,
  diskMiB: 64,
};

/** The behaviour that every backend shares: one suite, run on each. */
export function describeBackend(name: string, subject: ContractSubject): void {
  describe(`the ${name} backend`, () => {
    let opened: Awaited<ReturnType<ContractSubject['open']>>;
    let executions = 0;
    beforeAll(async () => {
      opened = await subject.open();
    });
    afterAll(() => opened.close());

    const contract: ContractRun = {
      run(program, { limits = {}, tenant = 'tenant-a', artifacts = [], signal } = {}) {
        executions += 1;
        const job = {
          executionId: `exe_contract${executions}`,
          tenant,
          program: { stdin: '', args: [], env: {}, files: [], ...program },
          limits: { ...generousLimits, ...limits },
          artifacts,
        };
        return opened.backend.run(job, signal);
      },
    };

    const groups: [string, ContractCase[]][] = [
      ['gives a program its input', inputCases],
      ['tells how a program ended', endingCases],
      ['ends a program at its limits', limitCases],
      ['keeps what a program prints', outputCases],
    ];
    for (const [group, cases] of groups) {
      describe(group, () => {
        for (const oneCase of cases) {
          if (oneCase.needsProcesses && !subject.hasProcesses) continue;
          for (const language of subject.languages) defineCase(contract, oneCase, language);
        }
      });
    }
    describeAbort(contract);
    describeIsolation(contract, subject);
    if (subject.hasArtifacts) describeArtifacts(contract, subject);
  });
}

function defineCase({ run }: ContractRun, contractCase: ContractCase, language: Language): void {
  const { name, sources, input = {}, limits = {}, expected, uses = {} } = contractCase;
  const source = sources[language];
  if (source === undefined) return;
  it(`${language}: ${name}`, async () => {
    const { report } = await run({ language, source, ...input }, { limits });

    expect(report).toMatchObject(expected);
    expectSaneUsage(report, { ...generousLimits, ...limits });
    for (const [measure, least] of Object.entries(uses)) {
      expect(report.usage[measure as keyof Usage]).toBeGreaterThanOrEqual(least);
    }
  });
}

/** How much the measured time may be above a limit, on a busy machine. */
const slackMs = 10_000;

function expectSaneUsage({ usage, ending, sandboxStartMs }: SandboxReport, limits: Limits): void {
  expect(usage.wallTimeMs).toBeLessThan(limits.wallTimeMs + slackMs);
  expect(usage.cpuTimeMs).toBeLessThan(limits.cpuTimeMs + slackMs);
  expect(usage.outputBytes).toBeLessThanOrEqual(limits.outputBytes);
  expect(sandboxStartMs).toBeGreaterThanOrEqual(0);
  if (ending.kind !== 'limited') return;
  if (ending.limit === 'wallTimeMs') expect(usage.wallTimeMs).toBeGreaterThanOrEqual(limits.wallTimeMs);
  if (ending.limit === 'cpuTimeMs') expect(usage.cpuTimeMs).toBeGreaterThanOrEqual(limits.cpuTimeMs);
}
