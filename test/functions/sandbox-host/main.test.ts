import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { afterEach, expect, test } from '@jest/globals';
import { Sandbox } from 'e2b';
import { readProcesses } from '../../../functions/sandbox-host/sentry/read-processes.ts';
import { descendants } from '../../../local/process-tree.ts';
import { describeOnGvisor } from '../../support/gvisor.ts';

const main = join(import.meta.dirname, '../../../functions/sandbox-host/main.ts');

interface HostProcess {
  child: ChildProcessByStdio<null, Readable, Readable>;
  /** Lines of its log so far. */
  lines: { level: string; message: string; [field: string]: unknown }[];
  line(message: string): Promise<{ [field: string]: unknown }>;
  exited: Promise<number | null>;
}

describeOnGvisor('the sandbox host as a process', (gvisor) => {
  const apiKey = `e2b_${randomBytes(20).toString('hex')}`;
  const environment = {
    PORT: '0',
    HOST_API_KEY: apiKey,
    CORDON_RUNSC: gvisor.runscPath,
    CORDON_ROOTFS: gvisor.rootfsPath,
    CORDON_LAUNCHER: gvisor.launcherPath,
    CORDON_SENTRY_CALLER: gvisor.callerPath,
    WARM: '{"python":1}',
    DRAIN_SECONDS: '20',
  };
  let host: HostProcess;

  afterEach(async () => {
    host.child.kill('SIGKILL');
    await host.exited;
  });

  async function startReady(change: Record<string, string> = {}) {
    host = startHost({ ...environment, ...change });
    const { port } = await host.line('ready');
    const url = `http://127.0.0.1:${port}`;
    return { apiKey, apiUrl: url, sandboxUrl: url };
  }

  test('proves its isolation, says that it is ready, and runs a program in a sandbox', async () => {
    const connection = await startReady();

    const sandbox = await Sandbox.create('base', connection);
    const { stdout } = await sandbox.commands.run('python3 -c "print(40 + 2)"; uname -v');

    expect(stdout).toMatch(/^42\n/);
    expect(host.lines.map(({ message }) => message)).toEqual(['isolation proven', 'ready']);
    expect(JSON.stringify(host.lines)).not.toContain(apiKey);
  });

  test('lets a running sandbox end after SIGTERM, takes no new one, and leaves nothing behind', async () => {
    const connection = await startReady();
    const sandbox = await Sandbox.create('base', connection);
    const command = await sandbox.commands.run('read line; echo $line', { background: true, stdin: true });
    const { pid = 0 } = host.child;
    const sentries = descendants(pid).map((one) => one.pid);
    expect(sentries.length).toBeGreaterThan(0);

    host.child.kill('SIGTERM');
    await host.line('draining');

    await expect(Sandbox.create('base', { ...connection, retries: 0 })).rejects.toThrow(/closing/);
    await command.sendStdin('finished\n');
    expect((await command.wait()).stdout).toBe('finished\n');
    await sandbox.kill();
    expect(await host.exited).toBe(0);
    expect(readProcesses().filter((one) => sentries.includes(one.pid))).toEqual([]);
    expect(foldersOf(pid)).toEqual([]);
  });

  test('ends what runs at the second signal', async () => {
    const connection = await startReady();
    const sandbox = await Sandbox.create('base', connection);
    const command = await sandbox.commands.run('sleep 60', { background: true });
    const lost = expect(command.wait()).rejects.toThrow();
    const { pid = 0 } = host.child;

    host.child.kill('SIGTERM');
    await host.line('draining');
    host.child.kill('SIGTERM');

    expect(await host.exited).toBe(0);
    await lost;
    expect(foldersOf(pid)).toEqual([]);
  });

  test.each([
    ['an environment that is incomplete', { HOST_API_KEY: '' }, /HOST_API_KEY/],
    ['a runsc that is none', { CORDON_RUNSC: '/bin/true' }, /self-test/],
    ['an image that is none', { CORDON_ROOTFS: '/etc/hostname' }, /self-test/],
  ])('does not start with %s', async (_name, change, reason) => {
    host = startHost({ ...environment, ...change });

    expect(await host.exited).toBe(1);
    expect(JSON.stringify(host.lines)).toMatch(reason);
    expect(host.lines.map(({ message }) => message)).toEqual(['the host does not start']);
    expect(foldersOf(host.child.pid ?? 0)).toEqual([]);
  });
});

function startHost(environment: Record<string, string>): HostProcess {
  const child = spawn(process.execPath, [main], { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  const lines: HostProcess['lines'] = [];
  let rest = '';
  child.stderr.resume();
  child.stdout.on('data', (chunk) => {
    const parts = (rest + chunk).split('\n');
    rest = parts.pop() ?? '';
    lines.push(...parts.map((part) => JSON.parse(part)));
    child.emit('lines');
  });
  const exited = new Promise<number | null>((resolve) => child.once('close', resolve));
  return {
    child,
    lines,
    exited,
    async line(message) {
      for (;;) {
        const found = lines.find((line) => line.message === message);
        if (found !== undefined) return found;
        const isOver = await Promise.race([
          exited.then(() => true),
          new Promise((resolve) => child.once('lines', () => resolve(false))),
        ]);
        if (isOver && !lines.some((line) => line.message === message))
          throw new Error(`it ended without "${message}": ${JSON.stringify(lines)}`);
      }
    },
  };
}

function foldersOf(pid: number): string[] {
  return readdirSync(tmpdir()).filter((name) => name.startsWith(`cordon-sentries-${pid}-`));
}
