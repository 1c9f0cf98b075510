import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { descendants } from '../../local/process-tree.ts';
import { buildFixture, eventually } from './support/fixture-cloud.ts';

interface Running {
  readonly child: ChildProcess;
  readonly url: string;
}

let directory: string;
const started: ChildProcess[] = [];
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'local-cloud-restart-'));
});
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});
afterAll(() => rmSync(directory, { recursive: true }));

function run(dataDirectory: string): ChildProcess {
  const { templateFile, assetDirectory } = buildFixture();
  const script = join(import.meta.dirname, 'support', 'run-fixture.ts');
  const child = spawn(process.execPath, [script, templateFile, assetDirectory, dataDirectory], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(child);
  return child;
}

async function start(dataDirectory: string): Promise<Running> {
  const child = run(dataDirectory);
  child.stderr?.pipe(process.stderr);
  const [line] = (await once(createInterface({ input: child.stdout ?? process.stdin }), 'line')) as [string];
  return { child, url: JSON.parse(line).url };
}

async function end({ child }: Running, signal: NodeJS.Signals): Promise<number | null> {
  const ended = once(child, 'exit');
  child.kill(signal);
  return (await ended)[0] as number | null;
}

interface Answer {
  n: number;
  text: string;
  pid: number;
  childPid: number;
}

const post = async (url: string, path: string, body: unknown): Promise<Answer> => {
  const response = await fetch(url + path, { method: 'POST', body: JSON.stringify(body) });
  return (await response.json()) as Answer;
};
const count = async ({ url }: Running) => (await post(url, '/count', {})).n;
const delivered = async ({ url }: Running, id: string) => (await post(url, '/delivered', { id })).n;

const isRunning = (pid: number): boolean => {
  try {
    return !/^State:\tZ/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
};

test('the state survives SIGKILL, and a message that was being handled is delivered again at once', async () => {
  const data = join(directory, 'killed');
  const first = await start(data);
  expect([await count(first), await count(first)]).toEqual([1, 2]);
  await post(first.url, '/write', {});
  await post(first.url, '/send', { id: 'in-flight', delayMs: 60_000 });
  await eventually(async () => ((await delivered(first, 'in-flight')) === 1 ? true : undefined));
  await end(first, 'SIGKILL');

  const second = await start(data);

  expect(await count(second)).toBe(3);
  expect((await post(second.url, '/read-object', {})).text).toBe('x');
  await eventually(async () => ((await delivered(second, 'in-flight')) === 2 ? true : undefined));
  await end(second, 'SIGKILL');
}, 30_000);

test('SIGTERM ends in good order: the function in progress is done, nothing is left running', async () => {
  const running = await start(join(directory, 'terminated'));
  const isolated = await post(running.url, '/isolated', { tenant: 'a' });
  const left = await post(running.url, '/leave-child', {});
  await post(running.url, '/send', { id: 'drained', delayMs: 700 });
  await eventually(async () => ((await delivered(running, 'drained')) === 1 ? true : undefined));
  const processes = descendants(running.child.pid).map(({ pid }) => pid);

  const code = await end(running, 'SIGTERM');

  expect(code).toBe(0);
  expect(processes).toEqual(expect.arrayContaining([isolated.pid, isolated.childPid, left.pid]));
  expect(processes.filter(isRunning)).toEqual([]);
  // Not delivered a second time: it was deleted before the end.
  const next = await start(join(directory, 'terminated'));
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(await delivered(next, 'drained')).toBe(1);
  await end(next, 'SIGTERM');
}, 30_000);

test('SIGKILL leaves no process of a tenant-isolated function behind', async () => {
  const running = await start(':memory:');
  const { pid, childPid } = await post(running.url, '/isolated', { tenant: 'a' });

  await end(running, 'SIGKILL');

  await eventually(async () => (isRunning(pid) || isRunning(childPid) ? undefined : true));
});

test('a data directory belongs to one instance, until it is killed', async () => {
  const data = join(directory, 'locked');
  const first = await start(data);

  const second = run(data);
  const message: string[] = [];
  second.stderr?.on('data', (chunk) => message.push(String(chunk)));
  const [code] = await once(second, 'close');

  expect(code).toBe(1);
  expect(message.join('')).toContain(`is in use by process ${first.child.pid}`);
  await end(first, 'SIGKILL');
  expect(await end(await start(data), 'SIGTERM')).toBe(0);
}, 30_000);
