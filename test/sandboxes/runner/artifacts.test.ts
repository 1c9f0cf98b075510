import { expect, test } from '@jest/globals';
import { describeOnRunners } from '../../support/runners.ts';

interface ArtifactCase {
  name: string;
  source: string;
  globs: string[];
  found: [path: string, bytes: number][];
}

const cases: ArtifactCase[] = [
  {
    name: 'match within a folder, in order, once',
    source:
      'mkdir -p out/deep; for f in out/b.txt out/a.txt out/deep/c.txt out/d.log e.txt; do printf 12 > $f; done',
    globs: ['out/*.txt', 'out/a.*', 'e.txt'],
    found: [
      ['e.txt', 2],
      ['out/a.txt', 2],
      ['out/b.txt', 2],
    ],
  },
  {
    name: 'match at any depth',
    source: 'mkdir -p a/b/c; : > x.png; : > a/x.png; : > a/b/c/x.png; : > a/b/c/y.txt',
    globs: ['**/*.png'],
    found: [
      ['a/b/c/x.png', 0],
      ['a/x.png', 0],
      ['x.png', 0],
    ],
  },
  {
    name: 'are below a folder',
    source: 'mkdir -p out/a; : > out/1; : > out/a/2; : > 3',
    globs: ['out/**'],
    found: [
      ['out/1', 0],
      ['out/a/2', 0],
    ],
  },
  {
    name: 'are no links, devices, pipes, sockets or folders',
    source:
      'ln -s /etc/passwd link; ln main.sh hard; ln -s /dev/zero zero; mkdir folder; mkfifo fifo; : > file',
    globs: ['*'],
    found: [
      ['file', 0],
      ['hard', 110],
      ['main.sh', 110],
    ],
  },
  {
    name: 'are not reached through a folder that is a link',
    source: 'ln -s /etc out; ln -s / root; mkdir in; ln -s /etc in/etc',
    globs: ['out/*', 'out/passwd', 'root/**', '**/passwd', 'in/etc/passwd'],
    found: [],
  },
  {
    name: 'are not outside',
    source: 'echo x > /tmp/x',
    globs: ['../*', '/etc/passwd', '/tmp/x', './../../tmp/x', '../../tmp/x', 'a/../../../tmp/x'],
    found: [],
  },
  {
    name: 'are those of its home, which it can not exchange',
    source:
      '{ cd /; mv /home/user /tmp/moved; rm -r /home/user; ln -s /etc /home/user; } 2>/dev/null; echo x > /home/user/a',
    globs: ['*', 'passwd'],
    found: [['a', 2]],
  },
  {
    name: 'are hidden only for who does not ask',
    source: ': > .hidden; mkdir .folder; : > .folder/x; : > seen',
    globs: ['*', '*/x', '.hidden'],
    found: [
      ['.hidden', 0],
      ['main.sh', 44],
      ['seen', 0],
    ],
  },
  {
    name: 'are up to 10 MiB each',
    source: 'head -c 10485760 /dev/zero > fits; head -c 10485761 /dev/zero > large; truncate -s 60M sparse',
    globs: ['fits', 'large', 'sparse'],
    found: [['fits', 10_485_760]],
  },
  {
    name: 'have names that can be told',
    source:
      "echo > $'no\\x80utf'; echo > fine; cd /; d=/home/user; for i in {1..8}; do d=$d/$(printf 'x%.0s' {1..200}); mkdir $d; done; echo > $d/far; echo x > /home/user/'[a].txt'",
    globs: ['**', '[[]a].txt'],
    found: [
      ['[a].txt', 2],
      ['fine', 1],
      ['main.sh', 203],
    ],
  },
];

describeOnRunners('artifacts', (run) => {
  test.each(cases)('$name', async ({ source, globs, found }) => {
    const { report, stderr } = await run({ language: 'bash', source, artifacts: globs });

    expect(stderr).toBe('');
    expect(report.artifacts).toEqual(
      found.map(([path, bytes]) => ({
        path,
        bytes: path === 'main.sh' || path === 'hard' ? source.length : bytes,
      })),
    );
  });

  test('are a hundred at most, and looked for among so many entries', async () => {
    const source = 'mkdir many; cd many; touch $(seq -f "%04g" 1000)';

    const { report } = await run({ language: 'bash', source, artifacts: ['many/*'] });

    expect(report.artifacts).toHaveLength(100);
    expect(report.artifacts[99]).toEqual({ path: 'many/0100', bytes: 0 });
  });

  test('of a program that was ended for a limit are there too', async () => {
    const source = 'echo x > a.txt; sleep 60';

    const { report } = await run({
      language: 'bash',
      source,
      artifacts: ['*.txt'],
      limits: { wallTimeMs: 500 },
    });

    expect(report).toMatchObject({
      ending: { kind: 'limited', limit: 'wallTimeMs' },
      artifacts: [{ path: 'a.txt', bytes: 2 }],
    });
  });
});
