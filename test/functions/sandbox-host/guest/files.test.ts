import { expect, test } from '@jest/globals';
import type { Guest, GuestUser } from '../../../../functions/sandbox-host/guest/guest.ts';
import { describeOnGuests } from '../../../support/guests.ts';
import { chunksOf, finish, writeText } from '../../../support/runner-job.ts';

async function readText(guest: Guest, path: string, user: GuestUser = 'user'): Promise<string> {
  const { chunks } = await guest.readFile(path, user);
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return Buffer.concat(parts).toString();
}

function sh(guest: Guest, script: string, user: GuestUser = 'user') {
  const env = { PATH: '/usr/bin:/bin' };
  return finish(guest, { cmd: 'bash', args: ['-c', script], env, cwd: '/home/user', user, stdin: false });
}

const refusals: { name: string; prepare?: string; act: (guest: Guest) => Promise<unknown>; code: string }[] =
  [
    {
      name: 'reading what is not there',
      act: (guest) => guest.readFile('/home/user/no', 'user'),
      code: 'not_found',
    },
    {
      name: 'reading a folder',
      act: (guest) => guest.readFile('/home/user', 'user'),
      code: 'invalid_argument',
    },
    {
      name: 'reading what only root may',
      act: (guest) => guest.readFile('/run/cordon/secret', 'user'),
      code: 'permission_denied',
    },
    {
      name: 'reading a pipe that nobody writes to',
      prepare: 'mkfifo pipe',
      act: (guest) => guest.readFile('/home/user/pipe', 'user'),
      code: 'invalid_argument',
    },
    {
      name: 'reading a device',
      act: (guest) => guest.readFile('/dev/zero', 'root'),
      code: 'invalid_argument',
    },
    {
      name: 'reading through a link what only root may',
      prepare: 'ln -s /run/cordon/secret link',
      act: (guest) => guest.readFile('/home/user/link', 'user'),
      code: 'permission_denied',
    },
    {
      name: 'reading through a circle of links',
      prepare: 'ln -s b a; ln -s a b',
      act: (guest) => guest.readFile('/home/user/a', 'user'),
      code: 'invalid_argument',
    },
    {
      name: 'writing where only root may',
      act: (guest) => writeText(guest, '/run/cordon/x', 'x'),
      code: 'permission_denied',
    },
    {
      name: 'writing through a link where only root may',
      prepare: 'ln -s /run/cordon/secret link',
      act: (guest) => writeText(guest, '/home/user/link', 'x'),
      code: 'permission_denied',
    },
    {
      name: 'writing to a pipe that nobody reads',
      prepare: 'mkfifo pipe',
      act: (guest) => writeText(guest, '/home/user/pipe', 'x'),
      code: 'invalid_argument',
    },
    {
      name: 'writing a folder',
      act: (guest) => writeText(guest, '/home/user', 'x'),
      code: 'invalid_argument',
    },
    {
      name: 'writing below a file',
      prepare: 'echo > file',
      act: (guest) => writeText(guest, '/home/user/file/x', 'x'),
      code: 'invalid_argument',
    },
    {
      name: 'a name that is too long',
      act: (guest) => writeText(guest, `/home/user/${'x'.repeat(300)}`, 'x'),
      code: 'invalid_argument',
    },
    {
      name: 'making a folder that is there',
      act: (guest) => guest.makeDir('/home/user', 'user'),
      code: 'already_exists',
    },
    {
      name: 'making a folder where a file is',
      prepare: 'echo > file',
      act: (guest) => guest.makeDir('/home/user/file', 'user'),
      code: 'invalid_argument',
    },
    { name: 'listing what is not there', act: (guest) => guest.list('/no', 1, 'user'), code: 'not_found' },
    {
      name: 'listing a file',
      act: (guest) => guest.list('/etc/passwd', 1, 'user'),
      code: 'invalid_argument',
    },
    {
      name: 'listing more than can be told',
      prepare: 'mkdir many; cd many; touch $(seq 10001)',
      act: (guest) => guest.list('/home/user/many', 1, 'user'),
      code: 'invalid_argument',
    },
    {
      name: 'moving what is not there',
      act: (guest) => guest.move('/no', '/tmp/x', 'user'),
      code: 'not_found',
    },
    {
      name: 'removing what is root’s',
      act: (guest) => guest.remove('/run/cordon', 'user'),
      code: 'permission_denied',
    },
  ];

describeOnGuests('files of a guest', ({ start, isGvisor }) => {
  test('are written with their folders, and read back, any bytes', async () => {
    const guest = await start();
    const bytes = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));

    await guest.writeFile(
      '/home/user/a/b/c.bin',
      'user',
      chunksOf(bytes.subarray(0, 100), bytes.subarray(100)),
    );
    const { size, chunks } = await guest.readFile('/home/user/a/b/c.bin', 'user');
    const read: Uint8Array[] = [];
    for await (const chunk of chunks) read.push(chunk);

    expect(size).toBe(256);
    expect(Buffer.concat(read)).toEqual(bytes);
    expect((await sh(guest, 'stat -c "%u %a" a a/b/c.bin')).stdout).toBe('1000 755\n1000 644\n');
  });

  test('that are large pass in both directions', async () => {
    const guest = await start();
    const chunk = Buffer.alloc(1_000_000, 'x');

    await guest.writeFile('/home/user/large', 'user', chunksOf(...Array.from({ length: 20 }, () => chunk)));
    const { size, chunks } = await guest.readFile('/home/user/large', 'user');
    let bytes = 0;
    for await (const part of chunks) bytes += part.length;

    expect({ size, bytes }).toEqual({ size: 20_000_000, bytes: 20_000_000 });
  });

  test('that nobody reads to the end hold nothing up', async () => {
    const guest = await start();
    await sh(guest, 'head -c 10000000 /dev/zero > large');

    const { chunks } = await guest.readFile('/home/user/large', 'user');
    for await (const _ of chunks) break;

    expect((await sh(guest, 'echo fine')).stdout).toBe('fine\n');
  });

  test('are replaced by what is written, and may be empty', async () => {
    const guest = await start();
    await writeText(guest, '/home/user/a', 'long before');
    await writeText(guest, '/home/user/a', '');

    expect(await readText(guest, '/home/user/a')).toBe('');
  });

  test('a source that fails leaves what it gave, and the guest well', async () => {
    const guest = await start();
    async function* failing() {
      yield Buffer.from('some');
      throw new Error('the client is gone');
    }

    await expect(guest.writeFile('/home/user/a', 'user', failing())).rejects.toThrow('the client is gone');
    expect(await readText(guest, '/home/user/a')).toBe('some');
  });

  test('say what they are', async () => {
    const guest = await start();
    await sh(
      guest,
      'echo 1234 > file; chmod 600 file; mkdir folder; ln -s file link; ln -s /no lost; mkfifo pipe',
    );
    const at = (name: string) => guest.stat(`/home/user/${name}`, 'user');

    expect(await at('file')).toEqual({
      name: 'file',
      path: '/home/user/file',
      type: 'file',
      size: 5,
      mode: 0o600,
      owner: 'user',
      group: 'user',
      modifiedMs: expect.any(Number),
      symlinkTarget: null,
    });
    expect(await at('folder')).toMatchObject({ type: 'directory', symlinkTarget: null });
    expect(await at('link')).toMatchObject({ name: 'link', type: 'file', size: 5, symlinkTarget: 'file' });
    expect(await at('lost')).toMatchObject({ type: 'symlink', symlinkTarget: '/no' });
    expect(await at('pipe')).toMatchObject({ type: 'other' });
    expect(await guest.stat('/', 'user')).toMatchObject({ name: '/', owner: 'root', type: 'directory' });
  });

  test('are listed to a depth, in order, without following links', async () => {
    const guest = await start();
    await sh(
      guest,
      'mkdir -p b/c/d; echo > a; echo > b/1; echo > b/c/2; ln -s / root; mkdir closed; chmod 0 closed',
    );
    const names = async (depth: number) =>
      (await guest.list('/home/user', depth, 'user')).map(({ path }) => path.slice('/home/user/'.length));

    expect(await names(1)).toEqual(['a', 'b', 'closed', 'root']);
    expect(await names(2)).toEqual(['a', 'b', 'b/1', 'b/c', 'closed', 'root']);
    expect(await names(9)).toEqual(['a', 'b', 'b/1', 'b/c', 'b/c/2', 'b/c/d', 'closed', 'root']);
  });

  test('are listed by the thousands, with names that are no text', async () => {
    const guest = await start();
    await sh(guest, "mkdir many; cd many; touch $(seq 1500) $'\\xff\\xfe'");

    const entries = await guest.list('/home/user/many', 1, 'user');

    expect(entries).toHaveLength(1501);
    expect(entries.at(-1)?.name).toBe('\ufffd\ufffd');
  });

  test('are moved, with folders made on the way, and removed with all inside', async () => {
    const guest = await start();
    await writeText(guest, '/home/user/a', 'x');

    const entry = await guest.move('/home/user/a', '/home/user/b/c/d', 'user');
    await sh(guest, 'd=.; for i in {1..100}; do d=$d/$(printf "x%.0s" {1..100}); mkdir $d; cd $d; d=.; done');
    await guest.remove('/home/user/b', 'user');
    await guest.remove(`/home/user/${'x'.repeat(100)}`, 'user');
    await guest.remove('/home/user/never-was', 'user');

    expect(entry).toMatchObject({ name: 'd', path: '/home/user/b/c/d', size: 1 });
    expect(await guest.list('/home/user', 9, 'user')).toEqual([]);
  });

  test('a link is removed, not where it leads', async () => {
    const guest = await start();
    await sh(guest, 'mkdir folder; echo > folder/file; ln -s folder link');

    await guest.remove('/home/user/link', 'user');

    expect((await guest.list('/home/user', 2, 'user')).map(({ name }) => name)).toEqual(['folder', 'file']);
  });

  test('links lead to files of the guest', async () => {
    const guest = await start();
    await writeText(guest, '/tmp/secret', 'of the guest');
    await sh(guest, 'ln -s /tmp/secret link; ln -s / root');

    expect(await readText(guest, '/home/user/link')).toBe('of the guest');
    expect(await readText(guest, '/home/user/root/tmp/secret')).toBe('of the guest');
    if (isGvisor) expect(await readText(guest, '/home/user/root/etc/hostname')).toBe('sandbox\n');
  });

  test('fill the disk and no more', async () => {
    const guest = await start({ diskMiB: 8 });
    if (!isGvisor) return;
    const large = chunksOf(...Array.from({ length: 12 }, () => Buffer.alloc(1_000_000)));

    await expect(guest.writeFile('/home/user/large', 'user', large)).rejects.toMatchObject({
      code: 'no_space',
    });
  });

  test.each(refusals)('refuse $name', async ({ prepare, act, code }) => {
    const guest = await start();
    await writeText(guest, '/run/cordon/secret', 'secret', 'root');
    if (prepare !== undefined) await sh(guest, prepare);

    await expect(act(guest)).rejects.toMatchObject({ name: 'GuestError', code });

    expect(await readText(guest, '/run/cordon/secret', 'root')).toBe('secret');
  });
});
