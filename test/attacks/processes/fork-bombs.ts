import { type Attack, bash, exits, javascript, limited, python, typescript } from '../../support/attack.ts';

const shortWall = { wallTimeMs: 1500, processes: 24 };
const atTheWall = limited('wallTimeMs');

/** Programs that multiply, and those that stay behind when their first process ends. */
export const forkBombs: Attack[] = [
  bash('the classic bomb ends with the shell that lit it', ':(){ :|:& };:', exits(0), shortWall),
  bash(
    'a bomb that somebody waits for is stopped at its wall time',
    'f() { f | f & }; f 2>/dev/null; wait; sleep 60',
    atTheWall,
    shortWall,
  ),
  bash(
    'a shell that calls its own script is stopped at its wall time',
    'bash "$0" & bash "$0" & wait; sleep 60',
    atTheWall,
    shortWall,
  ),
  python(
    'forks that fork are stopped at the wall time',
    `import os
while True:
    try: os.fork()
    except OSError: pass`,
    atTheWall,
    shortWall,
  ),
  python(
    'children that nobody waits for count until they are waited for',
    `import os
count = 0
try:
    while count < 200:
        if os.fork() == 0: os._exit(0)
        count += 1
except OSError as e: print(e.strerror, count < 16)`,
    { stdout: 'Resource temporarily unavailable True\n' },
  ),
  python(
    'no root of a namespace of its own forks without limit',
    `import ctypes, os, time
libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.restype = ctypes.c_long
new_user, word = 0x10000000, ctypes.c_long
clone, unshare = {"x86_64": (56, 272), "aarch64": (220, 97)}[os.uname().machine]
flags = ctypes.create_string_buffer(new_user.to_bytes(8, "little") + (17).to_bytes(8, "little").rjust(32, b"\\0") + bytes(48))
tries = {
    "unshare": lambda: libc.unshare(new_user),
    "unshare, by number": lambda: libc.syscall(word(unshare), word(new_user | 0x20000)),
    "with bits that no kernel reads": lambda: libc.syscall(word(unshare), word(1 << 40 | new_user)),
    "clone": lambda: libc.syscall(word(clone), word(new_user | 17), word(0), word(0), word(0), word(0)),
    "clone3": lambda: libc.syscall(word(435), flags, word(88)),
    "by a number of x32": lambda: libc.syscall(word(0x40000000 | unshare), word(new_user)),
}
for name, make in tries.items():
    done = make()
    if done == 0: os._exit(0)
    print(name, os.strerror(ctypes.get_errno()))
count = 0
try:
    while count < 200:
        if os.fork() == 0: time.sleep(60)
        count += 1
except OSError as e: print(e.strerror, count < 16)`,
    {
      stdout: `unshare Operation not permitted
unshare, by number Operation not permitted
with bits that no kernel reads Operation not permitted
clone Operation not permitted
clone3 Function not implemented
by a number of x32 Function not implemented
Resource temporarily unavailable True
`,
    },
  ),
  python(
    'threads are bounded in number',
    `import _thread, threading, time
count = 0
try:
    while count < 500:
        _thread.start_new_thread(time.sleep, (60,))
        count += 1
except RuntimeError as e: print(e, count < 16)
import os
os._exit(0)`,
    { stdout: "can't start new thread True\n" },
  ),
  python(
    'a chain of parents that end at once dies with the first',
    `import os, time
if os.fork() == 0:
    while True:
        try:
            if os.fork(): os._exit(0)
            os.setsid()
        except OSError: pass
time.sleep(0.2)
print("gone")`,
    { stdout: 'gone\n' },
  ),
  python(
    'a daemon that ignores every signal ends with the program',
    `import os, signal, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
        while True: time.sleep(1)
    os._exit(0)
os.wait()
print("left a daemon")`,
    { stdout: 'left a daemon\n' },
  ),
  javascript(
    'processes that node starts are bounded in number',
    `const { spawn } = require('child_process');
let started = 0, refused = '';
const next = () => {
  const child = spawn('sleep', ['600']);
  child.on('error', (e) => { refused = e.code; console.log(refused, started < 64); process.exit(0); });
  child.on('spawn', () => { started++; next(); });
};
next();`,
    { stdout: 'EAGAIN true\n' },
  ),
  javascript(
    'a program that starts itself twice is stopped at its wall time',
    `const { spawn } = require('child_process');
for (let i = 0; i < 2; i++) spawn(process.execPath, [__filename]).on('error', () => {});
setInterval(() => {}, 1000);`,
    atTheWall,
    { ...shortWall, memoryMiB: 512 },
  ),
  javascript(
    'workers without end do not end the run otherwise than by its limits',
    `const { Worker } = require('worker_threads');
const next = () => new Worker('setInterval(() => {}, 1000)', { eval: true }).on('online', next).on('error', (e) => {
  console.log(e.code);
  process.exit(0);
});
next();`,
    limited('memoryMiB'),
    { memoryMiB: 96, processes: 64 },
  ),
  javascript(
    'a detached process that holds the output ends with the program',
    `const { spawn } = require('child_process');
const child = spawn('sh', ['-c', 'trap "" TERM HUP; sleep 600'], { detached: true, stdio: 'inherit' });
child.on('spawn', () => { console.log('left a process'); child.unref(); });`,
    { stdout: 'left a process\n' },
  ),
  typescript(
    'a shell bomb lit by TypeScript ends with it',
    `import { spawn } from 'node:child_process';
const child: ReturnType<typeof spawn> = spawn('bash', ['-c', ':(){ :|:& };:'], { stdio: 'ignore' });
child.on('exit', (code: number | null) => console.log('lit', code));`,
    { stdout: 'lit 0\n' },
  ),
  typescript(
    'a cluster of servers that restart each other is stopped at its wall time',
    `import cluster from 'node:cluster';
if (cluster.isPrimary) {
  cluster.on('exit', () => cluster.fork());
  cluster.fork();
} else process.exit(1);`,
    atTheWall,
    shortWall,
  ),
  bash(
    'jobs in the background end with the shell, whatever they ignore',
    `for i in 1 2 3 4; do (trap '' TERM HUP INT QUIT; while :; do sleep 1; done) & done
nohup sleep 600 >/dev/null 2>&1 & (set -m; sleep 600 &); disown -a; echo left`,
    { stdout: 'left\n' },
  ),
  bash(
    'processes that hold the output open do not hold the run',
    'for i in 1 2 3; do sleep 600 & done; exec >&- 2>&-; exit 4',
    exits(4),
  ),
];
