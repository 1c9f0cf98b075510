import { type Attack, bash, flooded, given, javascript, python, typescript } from '../../support/attack.ts';

const small = { outputBytes: 1000 };

/** Output of every size, from every process, in every encoding. */
export const floodAttacks: Attack[] = [
  bash('yes is cut at the limit', 'yes', flooded('stdout', 'y\n'.repeat(500)), small),
  bash(
    'a flood of many processes is cut at one limit',
    'for i in 1 2 3 4; do yes x & done; wait',
    flooded('stdout', 'x\n'.repeat(500)),
    small,
  ),
  bash(
    'a flood on stderr by an orphan is cut at the limit',
    '(set -m; yes e >&2 &); sleep 60',
    flooded('stderr', 'e\n'.repeat(500)),
    small,
  ),
  bash(
    'zeros of a device are cut at the limit',
    'cat /dev/zero',
    flooded('stdout', '\0'.repeat(1000)),
    small,
  ),
  bash(
    'bytes that are no UTF-8 become replacement characters',
    `printf '\\xff\\xfe|\\xc0\\xaf|\\xed\\xa0\\x80|\\xf4\\x90\\x80\\x80|\\xe2\\x82'`,
    { stdout: `\ufffd\ufffd|\ufffd\ufffd|\ufffd\ufffd\ufffd|\ufffd\ufffd\ufffd\ufffd|\ufffd` },
  ),
  bash(
    'NUL, escape sequences and text that turns around come out as they are',
    `printf 'a\\0b\\e[2J\\e]0;title\\a\\u202egnp.exe\\u2066\\ufeff\\r\\n'`,
    { stdout: 'a\0b\x1b[2J\x1b]0;title\x07\u202egnp.exe\u2066\ufeff\r\n' },
  ),
  bash(
    'output to every file that stands for stdout is output',
    'echo 1 > /dev/stdout; echo 2 > /dev/fd/1; echo 3 > /proc/$$/fd/1; echo 4 > /dev/stderr',
    { stdout: '1\n2\n3\n', stderr: '4\n' },
  ),
  bash(
    'a terminal is not there to write to',
    '(echo x > /dev/tty) 2>/dev/null || echo none; test -t 0 || test -t 1 || test -t 2 || echo "no terminal"',
    { stdout: 'none\nno terminal\n' },
  ),
  given(
    { args: ['x'.repeat(100_000)], env: { LONG: 'y'.repeat(100_000) } },
    bash('arguments and environment of 100,000 bytes come as they are', `echo "\${#1} \${#LONG}"`, {
      stdout: '100000 100000\n',
    }),
  ),
  bash(
    'arguments past what the kernel takes are an error of the shell',
    'x=$(head -c 3000000 /dev/zero | tr "\\0" x); /bin/echo "$x" 2>/dev/null; echo $?',
    { stdout: '126\n' },
  ),
  given(
    { args: ['$(id)', '`id`', '; id', "'", '"', '--', '-c', '\n', '$HOME'] },
    bash('arguments are never code', `printf '<%s>' "$@"`, {
      stdout: '<$(id)><`id`><; id><\'><"><--><-c><\n><$HOME>',
    }),
  ),
  python(
    'lone surrogates end as an error or a question, never in the report',
    `import sys
sys.stdout.buffer.write("\\ud800".encode("utf-8", "surrogatepass") + b"\\n")
print("\\udcff")`,
    { stdout: '\ufffd\ufffd\ufffd\n\ufffd\n' },
  ),
  python(
    'output of forks is cut at one limit',
    `import os
for _ in range(3): os.fork()
while True: os.write(1, b"x" * 1000)`,
    flooded('stdout', 'x'.repeat(1000)),
    small,
  ),
  python('output in pieces of a byte is whole', 'import os\nfor _ in range(20_000): os.write(1, b"x")', {
    stdout: 'x'.repeat(20_000),
  }),
  python(
    'output that comes after the descriptor was closed is lost without harm',
    'import os\nos.close(1)\nos.close(2)\nos.open("f", os.O_CREAT | os.O_RDWR)\nos.write(1, b"into a file")',
    { stdout: '' },
  ),
  python(
    'a pipe made larger than its reader expects loses nothing',
    'import fcntl, os\nfcntl.fcntl(1, 1031, 1 << 20)\nos.write(1, b"x" * 900_000)',
    { stdout: 'x'.repeat(900_000) },
  ),
  javascript(
    'lone surrogates and bytes that are no text become replacement characters',
    `process.stdout.write('\\ud800|\\udc00|');
process.stdout.write(Buffer.from([0xff, 0xc0, 0x80, 0x0a]));`,
    { stdout: '\ufffd|\ufffd|\ufffd\ufffd\ufffd\n' },
  ),
  javascript(
    'a flood through a child is cut at the limit',
    `require('child_process').spawn('yes', { stdio: 'inherit' });`,
    flooded('stdout', 'y\n'.repeat(500)),
    small,
  ),
  typescript(
    'characters of two, three and four bytes are cut between them',
    `process.stdout.write('é€😀'.repeat(1000));`,
    flooded('stdout', `${'é€😀'.repeat(111)}`),
    small,
  ),
];
