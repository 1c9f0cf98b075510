import {
  type Attack,
  bash,
  exits,
  javascript,
  limited,
  python,
  signaled,
  typescript,
} from '../../support/attack.ts';

const wall = { wallTimeMs: 1500 };
const cpu = { cpuTimeMs: 500 };

/** Programs that do not want to end. */
export const endlessAttacks: Attack[] = [
  bash('an endless loop is stopped at its CPU time', 'while :; do :; done', limited('cpuTimeMs'), cpu),
  bash(
    'CPU time of children counts',
    'for i in 1 2; do (while :; do :; done) & done; wait',
    limited('cpuTimeMs'),
    cpu,
  ),
  bash('CPU time of short children counts', 'while :; do /bin/true; done', limited('cpuTimeMs'), cpu),
  bash(
    'traps for every signal stop nothing',
    `for s in {1..31}; do trap : $s 2>/dev/null; done; echo armed; while :; do sleep 1; done`,
    { ...limited('wallTimeMs'), stdout: 'armed\n' },
    wall,
  ),
  bash(
    'a shell that stops itself is ended',
    'echo stopping; kill -STOP $$',
    { ...limited('wallTimeMs'), stdout: 'stopping\n' },
    wall,
  ),
  bash('a wait for a FIFO that nobody opens is ended', 'mkfifo f; cat f', limited('wallTimeMs'), wall),
  bash('a read from stdin ends with it', 'while read -r line; do :; done; cat; echo end', {
    stdout: 'end\n',
  }),
  bash(
    'a regular expression that backtracks is stopped',
    `printf 'a%.0s' {1..5000} | grep -E '^(a*)*(a*)*\\1b$'; while :; do :; done`,
    limited('cpuTimeMs'),
    cpu,
  ),
  python(
    'threads that compute are stopped together',
    `import threading
def spin():
    while True: pass
for _ in range(4): threading.Thread(target=spin).start()`,
    limited('cpuTimeMs'),
    cpu,
  ),
  python(
    'a program that hides from its owner is still measured',
    `import ctypes, os, time
if os.fork() == 0:
    ctypes.CDLL(None).prctl(4, 0, 0, 0, 0)
    ctypes.CDLL(None).prctl(15, b"kworker", 0, 0, 0)
    os.setsid()
    while True: pass
time.sleep(60)`,
    limited('cpuTimeMs'),
    cpu,
  ),
  python(
    'the lowest priority hides no CPU time',
    'import os\nos.nice(19)\nwhile True: pass',
    limited('cpuTimeMs'),
    cpu,
  ),
  python(
    'timers that fire all the time stop nothing',
    `import signal
signal.signal(signal.SIGALRM, lambda *_: None)
signal.setitimer(signal.ITIMER_REAL, 0.0001, 0.0001)
while True: signal.pause()`,
    { ending: { kind: 'limited', limit: 'wallTimeMs' } },
    wall,
  ),
  python(
    'an alarm that nobody handles ends the program by its signal',
    'import signal\nsignal.alarm(1)\nsignal.pause()',
    signaled('SIGALRM'),
  ),
  python(
    'a debugger of its own child holds nothing',
    `import ctypes, os
libc = ctypes.CDLL(None)
pid = os.fork()
if pid == 0:
    libc.ptrace(0, 0, 0, 0)
    os.kill(os.getpid(), 19)
    os._exit(0)
os.waitpid(pid, 2)
print("held")`,
    { stdout: 'held\n' },
  ),
  javascript(
    'workers that compute are stopped together',
    `const { Worker } = require('worker_threads');
for (let i = 0; i < 2; i++) new Worker('for (;;);', { eval: true });`,
    limited('cpuTimeMs'),
    { ...cpu, processes: 32 },
  ),
  javascript(
    'a wait for shared memory is stopped at its wall time',
    'Atomics.wait(new Int32Array(new SharedArrayBuffer(8)), 0, 0);',
    limited('wallTimeMs'),
    wall,
  ),
  javascript(
    'a listener for SIGTERM and SIGINT keeps nothing alive',
    `for (const s of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(s, () => {});
process.kill(process.pid, 'SIGTERM');
setTimeout(() => console.log('still here'), 100);
setInterval(() => {}, 1000);`,
    { ...limited('wallTimeMs'), stdout: 'still here\n' },
    wall,
  ),
  javascript(
    'a synchronous child that never ends is stopped with its program',
    `require('child_process').execSync('trap "" TERM; sleep 600');`,
    limited('wallTimeMs'),
    wall,
  ),
  typescript(
    'an endless loop in a compiled enum is stopped at its CPU time',
    'enum E { A }\nfor (;;) E[E.A];',
    limited('cpuTimeMs'),
    cpu,
  ),
  typescript(
    'an endless generator is stopped at its CPU time',
    'function* all(): Generator<number> { for (;;) yield 1; }\nlet sum: number = 0;\nfor (const n of all()) sum += n;',
    limited('cpuTimeMs'),
    cpu,
  ),
  bash('exit codes are a byte', 'exit 263', exits(7)),
  bash('an exit code of -1 is 255', 'exit -1', exits(255)),
  python('an exit code past 32 bits is a byte', 'import os\nos._exit((1 << 31) - 249)', exits(7)),
];
