import {
  BackendError,
  type BackendJob,
  type BackendResult,
  RunAborted,
  type SandboxBackend,
} from '../../ports/sandbox-backend.ts';
import { killedReport } from '../killed-report.ts';
import { createTypescriptCompiler } from '../typescript/typescript-compiler.ts';
import { chooseTemplate, type TemplateName } from './choose-template.ts';
import { compileProgram, type RunnableProgram, withOriginalLine } from './compile-program.ts';
import type { E2bConnection } from './connection.ts';
import type { CreateRate } from './create-rate.ts';
import { toReport } from './end-of-run.ts';
import { classify, type Stage, toBackendError } from './error-table.ts';
import type { Incident } from './incident.ts';
import { createSandboxKiller } from './kill-sandboxes.ts';
import { createSandboxOpener, type OpenedSandbox } from './open-sandbox.ts';
import { defaultPatience, type Patience } from './patience.ts';
import { readArtifacts } from './read-artifacts.ts';
import { runJob } from './run-job.ts';
import { createRunnerConversation } from './runner-conversation.ts';
import { unlessAborted } from './unless-aborted.ts';
import { type RunnerSource, runnerCommand, uploadJob } from './upload-job.ts';
import { createBudget, within } from './within.ts';

export interface E2bBackendOptions {
  /** `gvisor` is the same adapter, pointed at a `sandbox-host`. */
  name: 'e2b' | 'gvisor';
  connection: E2bConnection;
  runner: RunnerSource;
  templates: Record<TemplateName, string>;
  /** Tells our sandboxes from those of another Cordon in the same account. */
  deployment: string;
  /** Null: creations are not limited here. */
  rate: CreateRate | null;
  observe: (incident: Incident) => void;
  patience?: Patience;
  /** Any clock that only ever goes forward. */
  nowMs?: () => number;
}

export interface E2bBackend extends SandboxBackend {
  /** Resolves when every sandbox is ended, or reported as `kill_failed`. Await it before the process may freeze. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Runs every job in a sandbox of its own through the `e2b` SDK, on E2B's cloud or on a `sandbox-host`.
 *
 *   compile > circuit > rate > create > upload > start > report > artifacts > result, and kill in every path
 */
export function createE2bBackend({
  name,
  connection,
  runner,
  templates,
  deployment,
  rate,
  observe,
  patience = defaultPatience,
  nowMs = () => performance.now(),
}: E2bBackendOptions): E2bBackend {
  const compiler = createTypescriptCompiler();
  const killer = createSandboxKiller({ name, connection, killMs: patience.killMs, observe });
  const openSandbox = createSandboxOpener({ name, connection, rate, nowMs, observe, onLate: killer.kill });

  function fail(stage: Stage, error: unknown, job: BackendJob, sandboxId: string | null): BackendError {
    if (error instanceof BackendError) return error;
    const classification = classify(name, stage, error);
    observe({ kind: 'failure', ...classification.log, executionId: job.executionId, sandboxId });
    return toBackendError(classification, error);
  }

  async function runIn(
    { sandbox, requestedMs }: OpenedSandbox,
    job: BackendJob,
    { program, lines }: RunnableProgram,
    signal: AbortSignal | undefined,
  ): Promise<BackendResult> {
    const { limits } = job;
    const conversation = createRunnerConversation(limits.outputBytes, nowMs);
    const prepareLeftMs = createBudget(patience.prepareMs, nowMs);
    let stage: Stage = 'prepare';
    const enter = (next: Stage) => {
      stage = next;
    };
    const runToEnd = async (): Promise<BackendResult> => {
      await within(prepareLeftMs(), (timeout) => uploadJob(sandbox, { program, job, runner }, timeout));
      const end = await runJob(sandbox, {
        command: runnerCommand(runner),
        limits,
        prepareLeftMs,
        graceMs: patience.graceMs,
        conversation,
        enter,
      });
      const report = toReport(end, { conversation, limits, requestedMs, nowMs: nowMs() });
      enter('collect');
      const listed = end.kind === 'reported' ? end.report.artifacts : [];
      const artifacts = await within(patience.collectMs, (timeout) =>
        readArtifacts(sandbox, listed, timeout),
      );
      return { report: withOriginalLine(report, lines), artifacts };
    };
    try {
      return await unlessAborted(runToEnd, signal, () => {
        const startedMs = conversation.startedMs();
        if (startedMs === null) return null;
        return killedReport(limits, {
          wallTimeMs: nowMs() - startedMs,
          sandboxStartMs: startedMs - requestedMs,
          output: conversation.output({ stdout: false, stderr: false }),
        });
      });
    } catch (error) {
      if (error instanceof RunAborted) throw error;
      throw fail(stage, error, job, sandbox.sandboxId);
    } finally {
      killer.kill(sandbox.sandboxId);
    }
  }

  return {
    name,
    async run(job, signal) {
      const compiled = await compileProgram(compiler, job);
      if (compiled.kind === 'refused') return { report: compiled.report, artifacts: [] };
      const template = templates[chooseTemplate(job.program)];
      const opened = await openSandbox({ job, template, deployment, patience }).catch((error: unknown) => {
        throw fail('create', error, job, null);
      });
      return runIn(opened, job, compiled, signal);
    },
    idle: () => killer.idle(),
    async close() {
      await killer.idle();
      await compiler.close();
    },
  };
}
