import { afterAll, beforeAll, expect, test } from '@jest/globals';
import {
  AuthenticationError,
  CommandExitError,
  type CommandHandle,
  FileNotFoundError,
  InvalidArgumentError,
  NotFoundError,
  RateLimitError,
  Sandbox,
  SandboxNotFoundError,
  TimeoutError,
} from 'e2b';
import { type DialectFixture, eventually, startDialect } from '../../../support/dialect-fixture.ts';
import { describeOnEachGuest } from '../../../support/guest-kinds.ts';

/** The unmodified SDK is the oracle: each test is a promise of its documentation. */
describeOnEachGuest('the e2b SDK', (startGuest) => {
  let dialect: DialectFixture;
  let sandbox: Sandbox;

  beforeAll(async () => {
    dialect = await startDialect({ startGuest, maxSandboxes: 4 });
    sandbox = await create();
  });
  afterAll(async () => {
    await dialect.close();
    expect(dialect.errors).toEqual([]);
    expect(dialect.sandboxes.counts()).toMatchObject({ starting: 0, running: 0, ending: 0 });
  });

  function create(options: Parameters<typeof Sandbox.create>[1] = {}): Promise<Sandbox> {
    return Sandbox.create('base', { ...dialect.connection, ...options });
  }

  async function pidOf(handle: CommandHandle): Promise<number> {
    return handle.pid;
  }

  test('runs a command and returns what it printed', async () => {
    const heard: string[] = [];

    const result = await sandbox.commands.run('echo out; echo err >&2', {
      onStdout: (text) => void heard.push(text),
      onStderr: (text) => void heard.push(text),
    });

    expect(result).toEqual({ exitCode: 0, stdout: 'out\n', stderr: 'err\n' });
    expect(heard.sort()).toEqual(['err\n', 'out\n']);
  });

  test('throws for an exit code that is not 0, with the output', async () => {
    const run = sandbox.commands.run('echo oops >&2; exit 3');

    await expect(run).rejects.toThrow(CommandExitError);
    await expect(run).rejects.toMatchObject({ exitCode: 3, stderr: 'oops\n', error: 'exit status 3' });
  });

  test('passes large output on in full', async () => {
    const { stdout } = await sandbox.commands.run('head -c 3000000 /dev/zero | tr "\\0" x');

    expect(stdout.length).toBe(3_000_000);
  });

  test('sets the environment of the sandbox and of the command, in that order', async () => {
    const own = await create({ envs: { FIRST: 'sandbox', SECOND: 'sandbox' } });

    const { stdout } = await own.commands.run('echo $FIRST $SECOND $HOME', { envs: { SECOND: 'command' } });

    expect(stdout).toBe('sandbox command /home/user\n');
    await own.kill();
  });

  test('runs a command in the folder asked for', async () => {
    await sandbox.files.makeDir('work/here');

    const { stdout } = await sandbox.commands.run('pwd', { cwd: 'work/here' });

    expect(stdout.trim()).toMatch(/\/home\/user\/work\/here$/);
  });

  test('kills a command when its timeout passes', async () => {
    const run = sandbox.commands.run('sleep 60', { timeoutMs: 300 });

    await expect(run).rejects.toThrow(TimeoutError);
    await eventually(async () => (await sandbox.commands.list()).length === 0, 'the end of the command');
  });

  test('feeds stdin, and its end', async () => {
    const handle = await sandbox.commands.run('cat; echo end', { background: true, stdin: true });

    await handle.sendStdin('hello ');
    await handle.sendStdin('there\n');
    await handle.closeStdin();

    expect((await handle.wait()).stdout).toBe('hello there\nend\n');
  });

  test('lists commands while they run and kills them', async () => {
    const handle = await sandbox.commands.run('sleep 60', {
      background: true,
      envs: { A: 'b' },
      cwd: '/home/user',
    });

    expect(await sandbox.commands.list()).toEqual([
      {
        pid: await pidOf(handle),
        cmd: '/bin/bash',
        args: ['-l', '-c', 'sleep 60'],
        envs: { A: 'b' },
        cwd: '/home/user',
      },
    ]);
    expect(await handle.kill()).toBe(true);
    await expect(handle.wait()).rejects.toMatchObject({ exitCode: -1, error: 'signal: killed' });
    expect(await sandbox.commands.list()).toEqual([]);
    expect(await sandbox.commands.kill(handle.pid)).toBe(false);
  });

  test('goes on with a command after a disconnect, and connects to it again', async () => {
    const handle = await sandbox.commands.run('read line; echo got $line', { background: true, stdin: true });
    await handle.disconnect();

    const again = await sandbox.commands.connect(handle.pid);
    await sandbox.commands.sendStdin(handle.pid, 'it\n');

    expect((await again.wait()).stdout).toBe('got it\n');
    await expect(sandbox.commands.connect(handle.pid)).rejects.toThrow(NotFoundError);
  });

  test('gives every connected client the output', async () => {
    const first = await sandbox.commands.run('read line; echo got $line', { background: true, stdin: true });
    const second = await sandbox.commands.connect(first.pid);

    await first.sendStdin('both\n');

    expect((await first.wait()).stdout).toBe('got both\n');
    expect((await second.wait()).stdout).toBe('got both\n');
  });

  test('writes and reads a file as text, bytes, blob and stream', async () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);

    const written = await sandbox.files.write('made/on/the/way.bin', new Blob([bytes]));

    const path = '/home/user/made/on/the/way.bin';
    expect(written).toEqual({ name: 'way.bin', type: 'file', path });
    expect(await sandbox.files.read(path, { format: 'bytes' })).toEqual(bytes);
    expect((await sandbox.files.read(path, { format: 'blob' })).size).toBe(256);
    const chunks: Uint8Array[] = [];
    for await (const chunk of await sandbox.files.read(path, { format: 'stream' })) chunks.push(chunk);
    expect(Buffer.concat(chunks)).toEqual(Buffer.from(bytes));
    await sandbox.files.write('text.txt', 'grüße');
    expect(await sandbox.files.read('text.txt')).toBe('grüße');
    expect(await sandbox.files.read('text.txt', { gzip: true })).toBe('grüße');
  });

  test('writes an empty file, a compressed one, a streamed one, and overwrites', async () => {
    await sandbox.files.write('empty.txt', '');
    await sandbox.files.write('zipped.txt', 'first and longer', { gzip: true });
    await sandbox.files.write('zipped.txt', 'zipped', { gzip: true });
    await sandbox.files.write('streamed.txt', new Blob(['streamed']).stream());

    expect(await sandbox.files.read('empty.txt')).toBe('');
    expect(await sandbox.files.read('zipped.txt')).toBe('zipped');
    expect(await sandbox.files.read('streamed.txt')).toBe('streamed');
  });

  test('writes several files in one request, whatever their names', async () => {
    const files = [
      { path: 'one.txt', data: '1' },
      { path: 'folder/two "quoted" and %22.txt', data: '2\r\n--2' },
    ];

    const written = await sandbox.files.write(files);

    expect(written.map(({ path }) => path)).toEqual([
      '/home/user/one.txt',
      // A form can't tell an escaped quote from one that was written like this.
      '/home/user/folder/two "quoted" and ".txt',
    ]);
    expect(await sandbox.files.read(written[1]?.path ?? '')).toBe('2\r\n--2');
  });

  test('passes ten megabytes through unchanged', async () => {
    const data = Buffer.alloc(10_000_000, 'cordon');

    await sandbox.files.write('large.bin', new Blob([data]));

    const read = await sandbox.files.read('large.bin', { format: 'bytes' });
    expect(Buffer.compare(data, read)).toBe(0);
    await sandbox.files.remove('large.bin');
  });

  test('throws for a file that is not there, and for a folder', async () => {
    await expect(sandbox.files.read('nowhere')).rejects.toThrow(FileNotFoundError);
    await expect(sandbox.files.getInfo('nowhere')).rejects.toThrow(FileNotFoundError);
    await expect(sandbox.files.list('nowhere')).rejects.toThrow(FileNotFoundError);
    await expect(sandbox.files.rename('nowhere', 'else')).rejects.toThrow(FileNotFoundError);
    await expect(sandbox.files.read('/home/user')).rejects.toThrow(InvalidArgumentError);
    await expect(sandbox.files.list('text.txt')).rejects.toThrow(InvalidArgumentError);
    expect(await sandbox.files.exists('nowhere')).toBe(false);
  });

  test('lists, stats, makes, renames and removes', async () => {
    expect(await sandbox.files.makeDir('tree/inner')).toBe(true);
    expect(await sandbox.files.makeDir('tree/inner')).toBe(false);
    await sandbox.files.write('tree/inner/leaf.txt', 'leaf');

    const flat = await sandbox.files.list('tree');
    const deep = await sandbox.files.list('tree', { depth: 2 });
    const renamed = await sandbox.files.rename('tree/inner/leaf.txt', 'tree/moved.txt');

    expect(flat.map(({ name, type }) => [name, type])).toEqual([['inner', 'dir']]);
    expect(deep.map(({ path }) => path)).toEqual(['/home/user/tree/inner', '/home/user/tree/inner/leaf.txt']);
    expect(renamed).toMatchObject({
      name: 'moved.txt',
      type: 'file',
      path: '/home/user/tree/moved.txt',
      size: 4,
    });
    const info = await sandbox.files.getInfo('tree/moved.txt');
    expect(info.permissions).toMatch(/^-rw-/);
    expect(info.mode).toBe(0o644);
    expect(Math.abs((info.modifiedTime?.getTime() ?? 0) - Date.now())).toBeLessThan(60_000);
    await sandbox.files.remove('tree');
    await sandbox.files.remove('tree');
    expect(await sandbox.files.exists('tree')).toBe(false);
  });

  test('lists sandboxes by metadata and state, page by page', async () => {
    const metadata = { 'team name': 'a & b', round: 'list' };
    const created = [await create({ metadata }), await create({ metadata })];

    const pages = Sandbox.list({ ...dialect.connection, limit: 1, query: { metadata, state: ['running'] } });
    const seen: string[] = [];
    while (pages.hasNext) seen.push(...(await pages.nextItems()).map(({ sandboxId }) => sandboxId));
    const ascending = await Sandbox.list({
      ...dialect.connection,
      order: 'asc',
      query: { metadata },
    }).nextItems();
    const paused = await Sandbox.list({ ...dialect.connection, query: { state: ['paused'] } }).nextItems();

    const ids = created.map(({ sandboxId }) => sandboxId);
    expect(seen.toSorted()).toEqual(ids.toSorted());
    expect(ascending.map(({ sandboxId }) => sandboxId)).toEqual(seen.toReversed());
    expect(ascending[0]).toMatchObject({ metadata, templateId: 'python', state: 'running' });
    expect(paused).toEqual([]);
    await Promise.all(created.map((one) => one.kill()));
  });

  test('tells what a sandbox is, and that it runs', async () => {
    const info = await sandbox.getInfo();

    expect(info).toMatchObject({
      sandboxId: sandbox.sandboxId,
      state: 'running',
      envdVersion: '0.5.7',
      allowInternetAccess: false,
      lifecycle: { onTimeout: 'kill', autoResume: false },
    });
    expect(info.endAt.getTime() - info.startedAt.getTime()).toBeGreaterThanOrEqual(300_000);
    expect(await sandbox.isRunning()).toBe(true);
    expect(await sandbox.getMetrics()).toMatchObject([{ memTotal: 512 * 1024 * 1024 }]);
  });

  test('connects to a running sandbox, and extends its time but never shortens it', async () => {
    await sandbox.setTimeout(1_000_000);

    const same = await Sandbox.connect(sandbox.sandboxId, { ...dialect.connection, timeoutMs: 5_000 });
    const before = await same.getInfo();
    await Sandbox.connect(sandbox.sandboxId, { ...dialect.connection, timeoutMs: 2_000_000 });
    const after = await same.getInfo();

    expect((await same.commands.run('echo same')).stdout).toBe('same\n');
    expect(before.endAt.getTime() - Date.now()).toBeGreaterThan(900_000);
    expect(after.endAt.getTime() - Date.now()).toBeGreaterThan(1_900_000);
  });

  test('ends a sandbox when its time is up, and with it what runs there', async () => {
    const own = await create({ timeoutMs: 60_000 });
    const command = await own.commands.run('sleep 60', { background: true });

    await own.setTimeout(1_000);

    await expect(command.wait()).rejects.toThrow(TimeoutError);
    expect(await own.isRunning()).toBe(false);
    expect(dialect.sandboxes.counts().ended.timeout).toBe(1);
  });

  test('kills a sandbox, after which nothing of it answers', async () => {
    const own = await create();
    const command = await own.commands.run('sleep 60', { background: true });

    expect(await own.kill()).toBe(true);

    await expect(command.wait()).rejects.toThrow(TimeoutError);
    expect(await own.kill()).toBe(false);
    expect(await own.isRunning()).toBe(false);
    await expect(own.commands.run('true')).rejects.toThrow(SandboxNotFoundError);
    await expect(own.files.read('a')).rejects.toThrow(TimeoutError);
    await expect(own.getInfo()).rejects.toThrow(SandboxNotFoundError);
    await expect(own.setTimeout(1_000)).rejects.toThrow(SandboxNotFoundError);
    await expect(Sandbox.connect(own.sandboxId, dialect.connection)).rejects.toThrow(SandboxNotFoundError);
  });

  test('throws for a wrong key, a foreign token, an unknown template, a full host', async () => {
    const options = dialect.connection;

    await expect(Sandbox.create('base', { ...options, apiKey: 'e2b_wrong' })).rejects.toThrow(
      AuthenticationError,
    );
    await expect(Sandbox.create('nothing', options)).rejects.toThrow(/404: there is no template "nothing"/);
    await expect(create({ allowInternetAccess: true })).rejects.toThrow(
      /501: not supported.*no sandbox has a network/s,
    );
    const rest = await Promise.all([create(), create(), create()]);
    await expect(create()).rejects.toThrow(RateLimitError);
    await Promise.all(rest.map((one) => one.kill()));
    const [other, intruder] = [await create(), await create()];
    const foreign = new Sandbox({
      ...options,
      sandboxId: other.sandboxId,
      envdVersion: '0.5.7',
      envdAccessToken: (intruder as unknown as { envdAccessToken: string }).envdAccessToken,
    });
    await expect(foreign.commands.run('true')).rejects.toThrow(AuthenticationError);
    await expect(foreign.files.read('a')).rejects.toThrow(AuthenticationError);
    await Promise.all([other.kill(), intruder.kill()]);
  });

  test('says of what is not supported that it is not', async () => {
    await expect(sandbox.pause()).rejects.toThrow(
      /501: POST .* is not supported; supported are: GET \/health,/,
    );
    await expect(sandbox.files.watchDir('.', () => {})).rejects.toThrow('501');
    await expect(sandbox.pty.create({ cols: 80, rows: 24, onData: () => {} })).rejects.toThrow(
      /not supported/,
    );
    await expect(sandbox.updateNetwork({ allowOut: ['1.1.1.1'] })).rejects.toThrow('501');
    expect((await fetch(await sandbox.downloadUrl('text.txt'))).status).toBe(501);
  });
});
