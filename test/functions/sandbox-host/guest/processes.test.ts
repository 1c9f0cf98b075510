import { expect, test } from '@jest/globals';
import type { GuestCommand } from '../../../../functions/sandbox-host/guest/guest.ts';
import { describeOnGuests } from '../../../support/guests.ts';
import {
  finish,
  readRunnerOutput,
  runInGuest,
  runnerJob,
  runProgram,
  writeText,
} from '../../../support/runner-job.ts';

function sh(script: string, command: Partial<GuestCommand> = {}): GuestCommand {
  const env = { PATH: '/usr/local/bin:/usr/bin:/bin' };
  return { cmd: 'bash', args: ['-c', script], env, cwd: null, user: 'user', stdin: false, ...command };
}

interface CommandCase {
  name: string;
  command: GuestCommand;
  result: unknown;
}

const commands: CommandCase[] = [
  {
    name: 'both streams and the exit code',
    command: sh('echo out; echo err >&2; exit 3'),
    result: { stdout: 'out\n', stderr: 'err\n', end: { exitCode: 3 } },
  },
  { name: 'a signal', command: sh('kill -TERM $$; sleep 9'), result: { end: { signal: 'SIGTERM' } } },
  {
    name: 'the user, in its home, with its environment and no rights',
    command: sh('id -u; id -g; pwd; echo $A; grep CapEff /proc/self/status', {
      env: { PATH: '/usr/bin:/bin', A: 'ü' },
    }),
    result: { stdout: '1000\n1000\n/home/user\nü\nCapEff:\t0000000000000000\n' },
  },
  {
    name: 'root, in its home',
    command: sh('id -u; pwd', { user: 'root' }),
    result: { stdout: '0\n/root\n' },
  },
  { name: 'a folder to be in', command: sh('pwd', { cwd: '/tmp' }), result: { stdout: '/tmp\n' } },
  {
    name: 'an absolute path',
    command: sh('', { cmd: '/bin/echo', args: ['a b'] }),
    result: { stdout: 'a b\n' },
  },
  { name: 'no stdin', command: sh('cat; echo end'), result: { stdout: 'end\n' } },
  {
    name: 'a session of its own, and only three descriptors',
    command: sh('[ $(ps -o sid= $$) = $$ ] && echo own; ls /proc/self/fd'),
    result: { stdout: 'own\n0\n1\n2\n3\n' },
  },
  {
    name: 'a child left behind that holds its output',
    command: sh('sleep 600 & echo done'),
    result: { stdout: 'done\n', end: { exitCode: 0 } },
  },
];

const refused = [
  { name: 'a command that is not there', command: sh('', { cmd: 'no-such' }), code: 'not_found' },
  { name: 'a path that is not there', command: sh('', { cmd: '/no/such' }), code: 'not_found' },
  { name: 'a file that is no program', command: sh('', { cmd: '/etc/passwd' }), code: 'permission_denied' },
  { name: 'a folder that is not there', command: sh('', { cwd: '/no/such' }), code: 'invalid_argument' },
  { name: 'a folder that is closed', command: sh('', { cwd: '/run/cordon' }), code: 'invalid_argument' },
];

describeOnGuests('a process in a guest', ({ start }) => {
  test.each(commands)('has $name', async ({ command, result }) => {
    const guest = await start();

    expect(await finish(guest, command)).toMatchObject(result as object);
  });

  test.each(refused)('is refused for $name', async ({ command, code }) => {
    const guest = await start();

    await expect(guest.start(command)).rejects.toMatchObject({ name: 'GuestError', code });
    expect(await finish(guest, sh('echo fine'))).toMatchObject({ stdout: 'fine\n' });
  });

  test('reads what is written, to the end', async () => {
    const guest = await start();
    const process = await guest.start(sh('cat; echo end', { stdin: true }));
    const said: Uint8Array[] = [];
    process.onOutput((_, bytes) => {
      said.push(bytes);
    });

    await process.write(Buffer.from('a'));
    await process.write(Buffer.alloc(500_000, 'b'));
    await process.closeStdin();

    expect(await process.ended).toEqual({ exitCode: 0 });
    expect(Buffer.concat(said).toString()).toBe(`a${'b'.repeat(500_000)}end\n`);
  });

  test('holds back who writes more than it reads', async () => {
    const guest = await start();
    const process = await guest.start(sh('sleep 0.7; wc -c', { stdin: true }));
    let isTaken = false;
    const writing = process.write(Buffer.alloc(1_000_000)).then(() => {
      isTaken = true;
    });

    await new Promise((resolve) => setTimeout(resolve, 300));
    const tooEarly = isTaken;
    await writing;

    expect(tooEarly).toBe(false);
  });

  test('that does not read its input says so', async () => {
    const guest = await start();
    const process = await guest.start(sh('exec <&-; sleep 600', { stdin: true }));

    const writing = process.write(Buffer.alloc(1_000_000));

    await expect(writing).rejects.toMatchObject({ code: 'not_found' });
    await process.signal('SIGKILL');
    expect(await process.ended).toEqual({ signal: 'SIGKILL' });
  });

  test('waits on its own writes while nobody takes them, and others go on', async () => {
    const guest = await start();
    const slow = await guest.start(sh('head -c 3000000 /dev/zero; echo done >&2'));
    const { promise: release, resolve } = Promise.withResolvers<void>();
    let bytes = 0;
    let isDone = false;
    slow.onOutput(async (stream, chunk) => {
      bytes += chunk.length;
      if (stream === 'stderr') isDone = true;
      await release;
    });

    const other = await finish(guest, sh('head -c 1000000 /dev/zero | wc -c; head -c 1000000 /dev/zero'));
    const taken = { bytes, isDone };
    resolve();
    await slow.ended;

    expect(other.stdout).toHaveLength(1_000_008);
    expect(taken.bytes).toBeLessThan(300_000);
    expect(taken.isDone).toBe(false);
    expect({ bytes, isDone }).toEqual({ bytes: 3_000_005, isDone: true });
  });

  test('nobody listens to is held, and heard from its start later', async () => {
    const guest = await start();
    const process = await guest.start(sh('echo first; echo second'));
    await new Promise((resolve) => setTimeout(resolve, 200));

    let said = '';
    process.onOutput((_, bytes) => {
      said += Buffer.from(bytes);
    });
    await process.ended;

    expect(said).toBe('first\nsecond\n');
  });

  test.each(['SIGTERM', 'SIGKILL'] as const)('is ended by %s', async (signal) => {
    const guest = await start();
    const process = await guest.start(sh('sleep 600'));

    await process.signal(signal);

    expect(await process.ended).toEqual({ signal });
  });

  test('orphans do not pile up', async () => {
    const guest = await start();
    await finish(guest, sh('for i in {1..20}; do (sleep 0.05 & ); done; sleep 0.5'));

    const { stdout } = await finish(guest, sh('grep -l "^State:.Z" /proc/[0-9]*/status | wc -l'));

    expect(stdout).toBe('0\n');
  });

  test('many at once keep their output apart', async () => {
    const guest = await start();

    const results = await Promise.all(
      Array.from({ length: 10 }, (_, n) => finish(guest, sh(`for i in {1..50}; do echo ${n}; done`))),
    );

    expect(results.map(({ stdout }) => stdout)).toEqual(results.map((_, n) => `${n}\n`.repeat(50)));
  });

  test('can not reach the agent, and garbage from it changes nothing', async () => {
    const guest = await start();

    const attack = await finish(
      guest,
      sh(
        'kill -9 1; kill -STOP 1; for fd in /proc/1/fd/*; do echo garbage > $fd; done 2>/dev/null; head -c 300000 /dev/urandom',
      ),
    );

    expect(attack.end).toEqual({ exitCode: 0 });
    expect(await finish(guest, sh('echo fine'))).toMatchObject({ stdout: 'fine\n' });
  });

  test('a program runs after other commands, as it would have before', async () => {
    const guest = await start({ isAhead: true });
    await finish(guest, sh('(sleep 600 &); echo > /home/user/left'));

    const { stdout, report } = await runInGuest(guest, { source: 'import os\nprint(os.listdir("."))' });

    expect(stdout).toBe("['main.py']\n");
    expect(report.ending).toEqual({ kind: 'exited', exitCode: 0 });
  });

  test.each([true, false])(
    'a program that prints much waits for a slow reader, started ahead: %s',
    async (isAhead) => {
      const guest = await start({ isAhead });
      const job = { source: 'print("x" * 900_000)', limits: { outputBytes: 1_000_000 } };
      await writeText(guest, '/run/cordon/job.json', JSON.stringify(runnerJob(job)), 'root');

      const process = await guest.start(runProgram);
      let said = '';
      process.onOutput(async (_, bytes) => {
        said += Buffer.from(bytes);
        await new Promise((resolve) => setTimeout(resolve, 5));
      });
      const end = await process.ended;

      const result = readRunnerOutput(said, '', end);
      expect(result).toMatchObject({ end: { exitCode: 0 }, report: { usage: { outputBytes: 900_001 } } });
      expect(result.stdout).toHaveLength(900_001);
    },
  );

  test('the run of a program is ended like the process that it looks like', async () => {
    const guest = await start({ isAhead: true });
    const job = { language: 'bash', source: 'trap "" TERM; sleep 600' } as const;
    await writeText(guest, '/run/cordon/job.json', JSON.stringify(runnerJob(job)), 'root');
    const process = await guest.start(runProgram);
    process.onOutput(() => {});

    await process.signal('SIGTERM');

    expect(await process.ended).toEqual({ signal: 'SIGTERM' });
    const { stdout } = await finish(guest, sh('ps -o args= -u 1000'));
    expect(stdout).toContain('ps -o args=');
    expect(stdout).not.toMatch(/main\.sh|sleep/);
  });

  test.each([
    ['no job', null],
    ['a job that is no JSON', '{'],
    ['a job without limits', '{"language":"python","source":""}'],
  ])('the runner says that there is %s', async (_, job) => {
    const guest = await start({ isAhead: true });
    if (job !== null) await writeText(guest, '/run/cordon/job.json', job, 'root');

    const result = await finish(guest, runProgram);

    expect(result).toMatchObject({ stdout: '', end: { exitCode: 1 } });
    expect(result.stderr).toContain('cordon-run: ');
    expect(await finish(guest, sh('echo fine'))).toMatchObject({ stdout: 'fine\n' });
  });

  test('gone with its guest, it says so', async () => {
    const guest = await start();
    const process = await guest.start(sh('sleep 600', { stdin: true }));

    await guest.kill();

    expect(await guest.ended).toEqual({ kind: 'killed' });
    await expect(guest.start(sh('true'))).rejects.toMatchObject({ code: 'gone' });
    await expect(process.write(Buffer.from('x'))).rejects.toMatchObject({ name: 'GuestError' });
  });
});
