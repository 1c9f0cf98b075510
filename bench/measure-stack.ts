import { execFile } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { createCordonClient } from '../scripts/cordon-client.ts';
import type { Service } from '../scripts/start-service.ts';
import { ratePerSecond, timeEach } from './statistics.ts';

const run = promisify(execFile);
const printOne = { language: 'python', source: 'print(1)' } as const;

/**
 * Latencies of `print(1)` through the whole stack, one after the other, in ms; and what validation added. `restMs` before
 * each leaves the backend time to get ready again.
 */
export async function measureLatency(
  service: Service,
  times: number,
  { backend = 'auto', restMs = 0 }: { backend?: 'auto' | 'gvisor'; restMs?: number } = {},
): Promise<{ totalMs: number[]; validationMs: number[] }> {
  const client = createCordonClient({ baseUrl: service.url, key: service.keys.execute });
  const validationMs: number[] = [];
  const totalMs: number[] = [];
  const run = async () => {
    const answer = await client.submit({ ...printOne, backend }, { waitSeconds: 25 });
    if (!answer.ok || answer.body.stdout !== '1\n')
      throw new Error(`unexpected answer: ${JSON.stringify(answer)}`);
    validationMs.push(answer.body.timings.validationMs);
  };
  while (totalMs.length < times) {
    if (restMs > 0) await delay(restMs);
    totalMs.push(...(await timeEach(1, run)));
  }
  return { totalMs, validationMs };
}

/** Runs per second at this many concurrent clients, each sending its next program when the last one is answered. */
export function measureThroughput(service: Service, clients: number, seconds: number): Promise<number> {
  const client = createCordonClient({ baseUrl: service.url, key: service.keys.execute });
  return ratePerSecond(clients, seconds, async () => {
    const answer = await client.submit(printOne, { waitSeconds: 25 });
    if (!answer.ok || answer.body.outcome !== 'succeeded')
      throw new Error(`unexpected answer: ${JSON.stringify(answer)}`);
  });
}

/** Spawning the machine's own interpreter: what running a program costs without any isolation. */
export function measureBarePython(times: number): Promise<number[]> {
  return timeEach(times, async () => {
    const { stdout } = await run('python3', ['-c', 'print(1)']);
    if (stdout !== '1\n') throw new Error('python3 did not print 1');
  });
}

/** Spawns of the bare interpreter per second, this many at a time. */
export function measureBarePythonThroughput(atATime: number, seconds: number): Promise<number> {
  return ratePerSecond(atATime, seconds, () => run('python3', ['-c', 'print(1)']));
}
