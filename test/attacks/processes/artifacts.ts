import {
  type Attack,
  bash,
  collecting,
  exits,
  javascript,
  python,
  typescript,
} from '../../support/attack.ts';

const everything = ['**', '*', '**/*', '.*'];
const firstHundred = Object.fromEntries(
  Array.from({ length: 100 }, (_, index) => [`d/${101 + index}.txt`, `${101 + index}\n`]),
);

/** Files left to be collected by somebody with more rights than the program. */
export const artifactAttacks: Attack[] = [
  collecting(
    ['*.txt', '**/*.txt'],
    bash(
      'links to files of the system and the host are not followed',
      'ln -s /etc/shadow a.txt; ln -s "$HOST_FILE" b.txt; ln -s /proc/1/environ c.txt; ln -s /proc/self/root d; ln -s / e; mkdir f; ln -s /root f/g.txt; ln -s loop.txt loop.txt; echo fine > z.txt',
      { artifacts: { 'z.txt': 'fine\n' } },
    ),
  ),
  collecting(
    ['*.txt'],
    bash(
      'hard links to what belongs to others are not made',
      'ln /etc/passwd a.txt; ln /etc/shadow b.txt; ln /run/cordon/job.json c.txt; ln /usr/bin/python3 d.txt; echo fine > z.txt',
      { artifacts: { 'z.txt': 'fine\n' } },
    ),
  ),
  collecting(
    ['*.txt'],
    bash(
      'pipes, sockets and devices hold no collector',
      'mkfifo a.txt; mknod b.txt p; mknod c.txt c 1 5 2>/dev/null; python3 -c "import socket; socket.socket(1).bind(\'d.txt\')"; echo fine > z.txt',
      { artifacts: { 'z.txt': 'fine\n' } },
    ),
  ),
  collecting(
    ['../../etc/passwd', '/etc/passwd', 'a/../../../etc/passwd', './../*', '~/main.sh', '$HOST_FILE', '..'],
    bash('globs lead nowhere outside', 'mkdir a; echo fine', { stdout: 'fine\n', artifacts: {} }),
  ),
  collecting(
    ['**/*.txt'],
    bash(
      'of more files than a hundred, the first hundred are collected',
      'mkdir d; for i in {101..220}; do echo $i > d/$i.txt; done; echo done',
      { stdout: 'done\n', artifacts: firstHundred },
    ),
  ),
  collecting(
    ['a.txt'],
    bash(
      'a process that swaps a file for a link does not live to do it',
      'echo fine > a.txt; (set -m; while :; do ln -sf /etc/passwd a.txt; done &) ; rm -f a.txt; exit 3',
      exits(3),
    ),
  ),
  collecting(
    ['*'],
    python(
      'names that are no text, lines or paths are no artifacts',
      `import os
os.unlink("main.py")
for name in (b"\\xff\\xfe", b"new\\nline", b"x" * 255, b"..\\\\..\\\\etc", "\\u202etxt.exe".encode(), b"a'b\\"c"): open(name, "wb").close()
for name in os.listdir(b"."):
    if name != b"x" * 255: os.unlink(name)`,
      { artifacts: { [`${'x'.repeat(255)}`]: '' } },
    ),
  ),
  collecting(
    everything,
    python(
      'folders nested deeper than a path is long are left out',
      `import os
os.unlink("main.py")
for _ in range(400):
    os.mkdir("deep-" * 20)
    os.chdir("deep-" * 20)
open("a.txt", "w").close()
os.chdir("/home/user")
open("z.txt", "w").write("fine")`,
      { artifacts: { 'z.txt': 'fine' } },
    ),
  ),
  collecting(
    ['a*a*a*a*a*a*a*a*a*a*a*b', '[[[[', '**/**/**/**/**/**/x'],
    javascript('globs that backtrack are answered', `require('fs').writeFileSync('a'.repeat(200), 'x');`, {
      artifacts: {},
    }),
  ),
  collecting(
    ['big', 'sparse', 'small'],
    typescript(
      'a hole of a terabyte is no artifact',
      `import fs from 'node:fs';
fs.writeFileSync('small', 's');
fs.truncateSync(fs.openSync('sparse', 'w'), 0);
try { fs.writeSync(fs.openSync('big', 'w'), 'x', 2 ** 40); } catch {}`,
      { artifacts: { big: '', small: 's', sparse: '' } },
    ),
  ),
];
