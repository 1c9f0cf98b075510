import type { GuestProcessEnd, OutputStream } from '../../guest/guest.ts';
import type { SentryEnd } from '../../sentry/sentry.ts';
import { ConnectProblem } from '../problem.ts';
import { sandboxGone } from './guest-problem.ts';

/** Events of a process stream, as JSON. */
export const keepaliveEvent = '{"event":{"keepalive":{}}}';

export function startEvent(pid: number): string {
  return `{"event":{"start":{"pid":${pid}}}}`;
}

export function dataEvent(stream: OutputStream, { buffer, byteOffset, byteLength }: Uint8Array): string {
  const base64 = Buffer.from(buffer, byteOffset, byteLength).toString('base64');
  return `{"event":{"data":{"${stream}":"${base64}"}}}`;
}

/** As envd words it, which is how Go does. */
const signalWords: Record<string, string> = {
  SIGHUP: 'hangup',
  SIGINT: 'interrupt',
  SIGQUIT: 'quit',
  SIGILL: 'illegal instruction',
  SIGTRAP: 'trace/breakpoint trap',
  SIGABRT: 'aborted',
  SIGBUS: 'bus error',
  SIGFPE: 'floating point exception',
  SIGKILL: 'killed',
  SIGSEGV: 'segmentation fault',
  SIGPIPE: 'broken pipe',
  SIGALRM: 'alarm clock',
  SIGTERM: 'terminated',
  SIGXCPU: 'CPU time limit exceeded',
  SIGXFSZ: 'file size limit exceeded',
  SIGSYS: 'bad system call',
};

export function endEvent(end: GuestProcessEnd): string {
  if ('signal' in end) {
    const status = `signal: ${signalWords[end.signal] ?? end.signal}`;
    return JSON.stringify({ event: { end: { exitCode: -1, exited: false, status, error: status } } });
  }
  const status = `exit status ${end.exitCode}`;
  const error = end.exitCode === 0 ? {} : { error: status };
  return JSON.stringify({ event: { end: { exitCode: end.exitCode, exited: true, status, ...error } } });
}

/** The last event of a process whose sandbox the host ended for a limit; otherwise there is none, only an error. */
export function endOfSandbox(end: SentryEnd): { event: string } | { problem: ConnectProblem } {
  if (end.kind !== 'limited') return { problem: new ConnectProblem('unavailable', sandboxGone) };
  const killed = { exitCode: -1, exited: false, status: 'signal: killed', error: `limit ${end.limit}` };
  return { event: JSON.stringify({ event: { end: killed } }) };
}
