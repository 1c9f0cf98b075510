import type { RunningProcess } from '../../sandboxes/process-table.ts';
import type { Sandbox } from '../../sandboxes/sandbox.ts';
import { answerJson, type Call } from '../call.ts';
import { maxMessageBytes, readUnaryMessage } from '../connect/read-request.ts';
import { ConnectProblem } from '../problem.ts';
import { closeStdinSchema, listSchema, sendInputSchema, sendSignalSchema } from './process-messages.ts';

/** `process.Process/List` */
export async function list(sandbox: Sandbox, call: Call): Promise<void> {
  await readUnaryMessage(call.request, listSchema);
  const processes = sandbox.processes
    .list()
    .map(({ pid, tag, config }) => ({ pid, config, ...(tag !== null && { tag }) }));
  answerJson(call, 200, { processes });
}

/** `process.Process/SendInput`: answers once the process can have the input, so a client sends no faster than it reads. */
export async function sendInput(sandbox: Sandbox, call: Call): Promise<void> {
  const { process, input } = await readUnaryMessage(call.request, sendInputSchema);
  if (input.pty !== undefined) throw new ConnectProblem('unimplemented', 'terminals (pty) are not supported');
  const stdin = stdinOf(findProcess(sandbox, process));
  const bytes = Buffer.from(input.stdin ?? '', 'base64');
  if (stdin.pendingBytes() + bytes.length > maxPendingBytes)
    throw new ConnectProblem('resource_exhausted', 'the process does not read what it was sent');
  await stdin.write(bytes);
  answerJson(call, 200, {});
}

/** Twice the largest message: one that waits and one that follows. */
const maxPendingBytes = 2 * maxMessageBytes;

/** `process.Process/CloseStdin` */
export async function closeStdin(sandbox: Sandbox, call: Call): Promise<void> {
  const { process } = await readUnaryMessage(call.request, closeStdinSchema);
  await stdinOf(findProcess(sandbox, process)).close();
  answerJson(call, 200, {});
}

/** `process.Process/SendSignal` */
export async function sendSignal(sandbox: Sandbox, call: Call): Promise<void> {
  const { process, signal } = await readUnaryMessage(call.request, sendSignalSchema);
  await findProcess(sandbox, process).signal(signal);
  answerJson(call, 200, {});
}

/** @throws ConnectProblem `not_found` */
export function findProcess(
  { processes }: Sandbox,
  selector: { pid: number } | { tag: string },
): RunningProcess {
  const process = processes.find(selector);
  if (process !== null) return process;
  const [name, value] = Object.entries(selector)[0] ?? [];
  throw new ConnectProblem('not_found', `there is no process with the ${name} ${value}`);
}

function stdinOf({ pid, stdin }: RunningProcess): NonNullable<RunningProcess['stdin']> {
  if (stdin !== null) return stdin;
  throw new ConnectProblem('failed_precondition', `the process ${pid} was started without stdin`);
}
