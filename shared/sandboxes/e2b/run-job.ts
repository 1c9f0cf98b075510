import { CommandExitError, type CommandHandle, type Sandbox } from 'e2b';
import type { Limits } from '../../domain/limits.ts';
import { type EndOfRun, hostLimitOf } from './end-of-run.ts';
import type { Stage } from './error-table.ts';
import type { RunnerConversation } from './runner-conversation.ts';
import { WireFault } from './wire-fault.ts';
import { within } from './within.ts';

/**
 * Starts the runner in a prepared sandbox and waits for its report, or for the host's word that it ended the
 * sandbox for a limit. `enter` is told how far the job has come, for whoever classifies an error.
 *
 * @throws WireFault, StepTimeout, or what the SDK throws
 */
export async function runJob(
  sandbox: Sandbox,
  {
    command,
    limits,
    prepareLeftMs,
    graceMs,
    conversation,
    enter,
  }: {
    command: string;
    limits: Limits;
    /** What is left of the time until the program's first instruction. */
    prepareLeftMs: () => number;
    graceMs: number;
    conversation: RunnerConversation;
    enter: (stage: Stage) => void;
  },
): Promise<EndOfRun> {
  const runMs = limits.wallTimeMs + graceMs;
  let complaint = '';
  const handle = await within(prepareLeftMs(), (signal) =>
    sandbox.commands.run(command, {
      background: true,
      user: 'root',
      signal,
      // The SDK's own clock outlives a stream that ends in an error, and would keep the process.
      timeoutMs: 0,
      requestTimeoutMs: 0,
      onStdout: (text) => conversation.hear(text),
      onStderr: (text) => {
        complaint = (complaint + text).slice(0, maxComplaintLength);
      },
    }),
  );
  enter('starting');
  try {
    const report = conversation.report.then((said): EndOfRun => ({ kind: 'reported', report: said }));
    const end = Promise.race([report, endOfStream(handle, () => complaint)]);
    end.catch(() => {});
    await within(prepareLeftMs(), () => Promise.race([conversation.started, end]));
    if (conversation.startedMs() === null) throw new WireFault('garbage', 'an end without a start');
    enter('run');
    return await within(runMs, () => end);
  } finally {
    // Ends our side of the stream; the process goes with the sandbox.
    await handle.disconnect();
  }
}

const maxComplaintLength = 500;

/** How the stream ends when no report came before: the host ended the sandbox for a limit, or all is lost. */
async function endOfStream(handle: CommandHandle, complaint: () => string): Promise<EndOfRun> {
  try {
    await handle.wait();
  } catch (error) {
    if (!(error instanceof CommandExitError)) throw error;
    const limit = hostLimitOf(error.error);
    if (limit !== null) return { kind: 'ended by the host', limit };
    throw new WireFault('no_report', `the runner ended with ${error.exitCode}: ${complaint()}`);
  }
  throw new WireFault('no_report', `the runner ended by itself: ${complaint()}`);
}
