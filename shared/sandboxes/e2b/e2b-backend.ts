import type { Sandbox } from 'e2b';
import {
  BackendError,
  type BackendJob,
  type BackendResult,
  type SandboxBackend,
} from '../../ports/sandbox-backend.ts';
import { createTypescriptCompiler } from '../typescript/typescript-compiler.ts';
import { chooseTemplate, type TemplateName } from './choose-template.ts';
import { createCircuitBreaker, type Verdict } from './circuit-breaker.ts';
import { type CompiledProgram, compileProgram, withOriginalLine } from './compile-program.ts';
import type { E2bConnection } from './connection.ts';
import type { CreateRate } from './create-rate.ts';
import { createSandbox } from './create-sandbox.ts';
import { toReport } from './end-of-run.ts';
import { type Classification, classify, type Stage, toBackendError } from './error-table.ts';
import { createSandboxKiller } from './kill-sandboxes.ts';
import { defaultPatience, type Patience } from './patience.ts';
import { readArtifacts } from './read-artifacts.ts';
import { symptomOf } from './read-symptom.ts';
import { runJob } from './run-job.ts';
import { createRunnerConversation } from './runner-conversation.ts';
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
  /** Everything that goes wrong on our side, for the operator's log and metrics. */
  observe: (incident: Incident) => void;
  patience?: Patience;
  /** Any clock that only ever goes forward. */
  nowMs?: () => number;
}

export interface Incident {
  kind: 'failure' | 'circuit_opened' | 'kill_failed';
  level: 'warn' | 'error';
  message: string;
  executionId: string | null;
  sandboxId: string | null;
}

export interface E2bBackend extends SandboxBackend {
  /** Resolves when every sandbox is ended, or reported as `kill_failed`. Await it before the process may freeze. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

const failuresToOpen = 5;
const openMs = 30_000;

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
  const killer = createSandboxKiller({
    connection,
    killMs: patience.killMs,
    onFailed: (sandboxId, error) =>
      observe({
        kind: 'kill_failed',
        level: 'warn',
        message: `${name}: ending a sandbox failed (${symptomOf(error)}): the sweep ends it, or its own timeout`,
        executionId: null,
        sandboxId,
      }),
  });
  const breaker = createCircuitBreaker({
    failuresToOpen,
    openMs,
    nowMs,
    onOpen: () =>
      observe({
        kind: 'circuit_opened',
        level: 'error',
        message: `${name}: no sandbox could be created ${failuresToOpen} times in a row: not tried for ${openMs / 1000} s`,
        executionId: null,
        sandboxId: null,
      }),
  });

  function fail(stage: Stage, error: unknown, job: BackendJob, sandboxId: string | null): Classification {
    const classification = classify(name, stage, error);
    observe({ kind: 'failure', ...classification.log, executionId: job.executionId, sandboxId });
    return classification;
  }

  /** Sandbox and the time it was asked for, which leaves out the wait for our own rate. */
  function create(job: BackendJob): Promise<{ sandbox: Sandbox; requestedMs: number }> {
    const template = templates[chooseTemplate(job.program)];
    const attempt = async () => {
      await rate?.take();
      const requestedMs = nowMs();
      const sandbox = await within(
        patience.createMs,
        (signal) => createSandbox(connection, { job, template, deployment, patience }, signal),
        ({ sandboxId }) => killer.kill(sandboxId),
      );
      return { sandbox, requestedMs };
    };
    return breaker.run(attempt, verdictOn).catch((error: unknown) => {
      if (error instanceof BackendError) throw error;
      throw toBackendError(fail('create', error, job, null), error);
    });
  }

  async function runIn(
    { sandbox, requestedMs }: { sandbox: Sandbox; requestedMs: number },
    job: BackendJob,
    { program, lines }: Extract<CompiledProgram, { kind: 'runnable' }>,
  ): Promise<BackendResult> {
    const { limits } = job;
    let stage: Stage = 'prepare';
    const prepareLeftMs = createBudget(patience.prepareMs, nowMs);
    try {
      await within(prepareLeftMs(), (signal) => uploadJob(sandbox, { program, job, runner }, signal));
      const conversation = createRunnerConversation(limits.outputBytes, nowMs);
      const enter = (next: Stage) => {
        stage = next;
      };
      const { graceMs } = patience;
      const command = runnerCommand(runner);
      const end = await runJob(sandbox, { command, limits, prepareLeftMs, graceMs, conversation, enter });
      const report = toReport(end, { conversation, limits, requestedMs, nowMs: nowMs() });
      stage = 'collect';
      const listed = end.kind === 'reported' ? end.report.artifacts : [];
      const artifacts = await within(patience.collectMs, (signal) => readArtifacts(sandbox, listed, signal));
      return { report: withOriginalLine(report, lines), artifacts };
    } catch (error) {
      throw toBackendError(fail(stage, error, job, sandbox.sandboxId), error);
    } finally {
      killer.kill(sandbox.sandboxId);
    }
  }

  return {
    name,
    async run(job) {
      const compiled = await compileProgram(compiler, job);
      if (compiled.kind === 'refused') return { report: compiled.report, artifacts: [] };
      return runIn(await create(job), job, compiled);
    },
    idle: () => killer.idle(),
    async close() {
      await killer.idle();
      await compiler.close();
    },
  };
}

/** Our own refusals say nothing of the service; "too many" says that it is alive. */
function verdictOn(error: unknown): Verdict {
  if (error instanceof BackendError) return 'none';
  return symptomOf(error) === 'too_many' ? 'alive' : 'outage';
}
