import type { IncomingMessage } from 'node:http';
import type { RunningProcess } from '../../sandboxes/process-table.ts';
import type { Sandbox } from '../../sandboxes/sandbox.ts';
import type { Call } from '../call.ts';
import { type EventStream, openEventStream } from '../connect/event-stream.ts';
import { deadlineMsOf, readStreamMessage } from '../connect/read-request.ts';
import { ConnectProblem } from '../problem.ts';
import { guestPath, homeOf } from './guest-path.ts';
import { userOfHeader } from './guest-user.ts';
import { findProcess } from './process-calls.ts';
import { dataEvent, endEvent, endOfSandbox, keepaliveEvent, startEvent } from './process-events.ts';
import { connectSchema, type StartMessage, startSchema } from './process-messages.ts';

/** `process.Process/Start`: a client that goes away leaves the process running, the call's deadline kills it. */
export async function start(sandbox: Sandbox, { request, response }: Call): Promise<void> {
  const deadlineMs = deadlineMsOf(request);
  const message = await readStreamMessage(request, startSchema);
  if (message.pty !== undefined)
    throw new ConnectProblem('unimplemented', 'terminals (pty) are not supported');
  const process = await startProcess(sandbox, message, request);
  const deadline = killAtDeadline(process, deadlineMs);
  await relay(process, openEventStream(response), deadline, pingMsOf(request));
}

/** `process.Process/Connect`: the output from now on; the deadline ends the stream, not the process. */
export async function connect(sandbox: Sandbox, { request, response }: Call): Promise<void> {
  const deadlineMs = deadlineMsOf(request);
  const message = await readStreamMessage(request, connectSchema);
  const process = findProcess(sandbox, message.process);
  const deadline = deadlineMs === null ? null : createDeadline(deadlineMs);
  await relay(process, openEventStream(response), deadline, pingMsOf(request));
}

function startProcess(
  { processes, env }: Sandbox,
  { process: config, tag, stdin }: StartMessage,
  request: IncomingMessage,
): Promise<RunningProcess> {
  const user = userOfHeader(request);
  const home = homeOf(user);
  const command = {
    cmd: config.cmd,
    args: config.args,
    env: { PATH: defaultPath, HOME: home, USER: user, LOGNAME: user, ...env, ...config.envs },
    cwd: config.cwd === undefined ? null : guestPath(config.cwd, user),
    user,
    stdin,
  };
  const { cwd, ...rest } = config;
  return processes.start(command, {
    config: cwd === undefined ? rest : { ...rest, cwd },
    tag: tag ?? null,
  });
}

const defaultPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

interface Deadline {
  readonly passed: Promise<'deadline'>;
  clear(): void;
}

function createDeadline(ms: number): Deadline {
  const { promise: passed, resolve } = Promise.withResolvers<'deadline'>();
  const timer = setTimeout(() => resolve('deadline'), Math.min(ms, maxTimerMs));
  return { passed, clear: () => clearTimeout(timer) };
}

/** The longest that a timer of Node can wait; a sandbox never lives this long. */
const maxTimerMs = 2 ** 31 - 1;

function killAtDeadline(process: RunningProcess, ms: number | null): Deadline | null {
  if (ms === null) return null;
  const deadline = createDeadline(ms);
  void deadline.passed.then(() => process.signal('SIGKILL')).catch(() => {});
  // It holds also when the stream is over: a client that went away is no reason to run longer.
  void process.ended.then(deadline.clear);
  return { passed: deadline.passed, clear: () => {} };
}

/** Tells one client what a process does, until one of the two is gone or the time is up. */
async function relay(
  process: RunningProcess,
  events: EventStream,
  deadline: Deadline | null,
  pingMs: number,
): Promise<void> {
  void events.send(startEvent(process.pid));
  const stopListening = process.listen((stream, bytes) => events.send(dataEvent(stream, bytes)));
  const ping = setInterval(() => void events.send(keepaliveEvent), pingMs);
  const gone = events.closed.then(() => 'gone' as const);
  const end = await Promise.race([process.ended, gone, ...(deadline === null ? [] : [deadline.passed])]);
  clearInterval(ping);
  stopListening();
  deadline?.clear();
  if (end === 'gone') return;
  if (end === 'deadline') {
    events.end(new ConnectProblem('deadline_exceeded', 'the time of the call is up'));
    return;
  }
  const last = end.kind === 'ended' ? { event: endEvent(end.end) } : endOfSandbox(end.end);
  if ('event' in last) void events.send(last.event);
  events.end('problem' in last ? last.problem : null);
}

const defaultPingSeconds = 90;

/** How often a silent stream says that it is alive. */
function pingMsOf({ headers: { 'keepalive-ping-interval': value } }: IncomingMessage): number {
  const seconds = typeof value === 'string' && /^\d{1,4}$/.test(value) ? Number(value) : 0;
  return (seconds || defaultPingSeconds) * 1000;
}
