import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { FileNotFoundError, NotEnoughSpaceError, Sandbox, SandboxError } from 'e2b';
import { createSentryHost, type SentryHost } from '../../../../functions/sandbox-host/sentry/sentry.ts';
import { defaultLimits } from '../../../../shared/domain/limits.ts';
import { type DialectFixture, startDialect } from '../../../support/dialect-fixture.ts';
import { startGuestsOn } from '../../../support/guest-kinds.ts';
import { describeInEachMode } from '../../../support/gvisor.ts';
import { newDescriptors, readLeftovers } from '../../../support/sentry-leftovers.ts';

describeInEachMode('sandboxes over HTTP by runsc %s', (gvisor) => {
  let sentries: SentryHost;
  let dialect: DialectFixture;

  beforeAll(async () => {
    sentries = createSentryHost(gvisor);
    dialect = await startDialect({ startGuest: startGuestsOn(sentries) });
  });
  afterAll(async () => {
    await dialect.close();
    await sentries.close();
    expect(readLeftovers().folders).toEqual([]);
    expect(dialect.errors).toEqual([]);
  });

  function create(limits: Partial<typeof defaultLimits> = {}): Promise<Sandbox> {
    const metadata = { 'cordon.limits': JSON.stringify({ ...defaultLimits, ...limits }) };
    return Sandbox.create('python', { ...dialect.connection, metadata });
  }

  test.each([
    ['memory', { memoryMiB: 64 }, 'x = [bytearray(1 << 20) for _ in range(1000)]', 'memoryMiB'],
    ['CPU time', { cpuTimeMs: 100 }, 'while True: pass', 'cpuTimeMs'],
  ] as const)(
    'a sandbox that uses more %s than it may is ended, and its streams say why',
    async (_name, limits, source, limit) => {
      const sandbox = await create(limits);
      const other = await create();

      const run = sandbox.commands.run(`python3 -c '${source}'`, { timeoutMs: 25_000 });

      await expect(run).rejects.toMatchObject({ exitCode: -1, error: `limit ${limit}` });
      expect(await sandbox.isRunning()).toBe(false);
      expect(dialect.sandboxes.counts().ended[limit]).toBe(1);
      expect((await other.commands.run('echo untouched')).stdout).toBe('untouched\n');
      await other.kill();
    },
  );

  test('a link leads to files of the guest, never of the host', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'cordon-secret-'));
    const secret = join(folder, 'secret');
    writeFileSync(secret, 'of the host');
    const sandbox = await create();
    await sandbox.commands.run(
      `ln -s ${secret} out; ln -s /etc/hostname name; ln -s ${folder} folder; ln -s / root`,
    );

    expect(await sandbox.files.read('name')).toBe('sandbox\n');
    expect(hostname()).not.toBe('sandbox');
    await expect(sandbox.files.read('out')).rejects.toThrow(FileNotFoundError);
    await expect(sandbox.files.list('folder')).rejects.toThrow(FileNotFoundError);
    await expect(sandbox.files.read(`root${secret}`)).rejects.toThrow(FileNotFoundError);
    await expect(sandbox.files.write('out', 'changed')).rejects.toThrow(SandboxError);
    await expect(sandbox.files.write('../../etc/passwd', 'x')).rejects.toThrow(SandboxError);
    expect(readFileSync(secret, 'utf8')).toBe('of the host');
    rmSync(folder, { recursive: true });
    await sandbox.kill();
  });

  test('a file that the disk has no room for is refused, and the sandbox lives on', async () => {
    const sandbox = await create();
    const half = new Blob([Buffer.alloc(80_000_000)]);
    await sandbox.files.write('/dev/shm/first', half);

    await expect(sandbox.files.write('/dev/shm/second', half)).rejects.toThrow(NotEnoughSpaceError);

    expect((await sandbox.commands.run('echo alive')).stdout).toBe('alive\n');
    await sandbox.kill();
  });

  test('many sandboxes at once leave nothing behind', async () => {
    const round = async () => {
      const sandbox = await create();
      const { stdout } = await sandbox.commands.run('echo $((6 * 7))');
      await sandbox.kill();
      return stdout;
    };
    await round();
    await dialect.sandboxes.idle();
    const before = readLeftovers();

    const outputs = await Promise.all(Array.from({ length: 6 }, round));

    expect(outputs).toEqual(Array(6).fill('42\n'));
    await dialect.sandboxes.idle();
    // The SDK keeps its connections for later.
    const grown = Object.keys(await newDescriptors(before)).filter((name) => name !== 'socket');
    expect(grown).toEqual([]);
  });
});
