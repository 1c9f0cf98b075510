import { type Attack, bash, javascript, python, signaled, typescript } from '../../support/attack.ts';

/** Signals to everybody. The host's process is HOST_PID. */
export const signalAttacks: Attack[] = [
  bash('kill -9 -1 ends everybody but its shell', 'sleep 600 & kill -9 -1; wait; echo alone', {
    stdout: 'alone\n',
  }),
  bash(
    'process 1, the runner and the host are not signalled',
    `for s in 0 KILL TERM STOP SEGV USR1; do for p in 1 $PPID $HOST_PID; do kill -$s $p 2>/dev/null && echo "$s $p"; done; done; echo done`,
    { stdout: 'done\n' },
  ),
  bash('a shell that kills its group ends by it', 'trap "" TERM; kill -KILL 0', signaled('SIGKILL')),
  bash('a child that kills its parent ends the program', '(kill -KILL $$); sleep 60', signaled('SIGKILL')),
  bash('a signal of real time has its name', 'kill -36 $$; sleep 60', signaled('SIGRTMIN+2')),
  python(
    'no process that exists takes a signal, by number or by group',
    `import os, signal
hit = []
for pid in [*range(-400, -1), *range(1, 400), int(os.environ["HOST_PID"])]:
    if pid in (os.getpid(), -os.getpgid(0)): continue
    try: os.kill(pid, signal.SIGKILL); hit.append(pid)
    except OSError: pass
print(hit)`,
    { stdout: '[]\n' },
  ),
  python(
    'queued signals, signals to threads and signals of descriptors are refused',
    `import ctypes, os, signal
libc = ctypes.CDLL(None)
by_pidfd = lambda pid: signal.pidfd_send_signal(os.pidfd_open(pid), 9)
for pid in (1, os.getppid()):
    print(libc.sigqueue(pid, 9, None), libc.tgkill(pid, pid, 9) if hasattr(libc, "tgkill") else -1)
    try: by_pidfd(pid); print("signalled")
    except OSError: print("refused")`,
    { stdout: '-1 -1\nrefused\n'.repeat(2) },
  ),
  python(
    'signals that files and parents send do not reach the runner',
    `import fcntl, os, signal
r, w = os.pipe()
for owner in (1, os.getppid(), -1):
    try:
        fcntl.fcntl(r, fcntl.F_SETOWN, owner)
        fcntl.fcntl(r, 10, signal.SIGKILL)
        fcntl.fcntl(r, fcntl.F_SETFL, os.O_ASYNC)
    except OSError: pass
    os.write(w, b"x")
print("still here")`,
    { stdout: /^(still here\n)?$/ },
  ),
  python(
    'limits that are lowered end the program only',
    `import resource
resource.setrlimit(resource.RLIMIT_CPU, (1, 1))
while True: pass`,
    signaled('SIGKILL'),
  ),
  javascript(
    'node signals nobody but itself',
    `const hit = [];
for (const pid of [1, process.ppid, Number(process.env.HOST_PID)]) for (const s of ['SIGKILL', 'SIGSTOP', 'SIGUSR1', 0]) {
  try { process.kill(pid, s); hit.push(pid); } catch {}
}
console.log(hit);`,
    { stdout: '[]\n' },
  ),
  javascript('an abort ends node by its signal', 'process.abort();', signaled('SIGABRT')),
  typescript(
    'a child of TypeScript that kills its parent ends the program',
    `import { spawnSync } from 'node:child_process';
spawnSync('sh', ['-c', 'kill -SEGV $PPID']);
setTimeout((): void => {}, 60_000);`,
    signaled('SIGSEGV'),
  ),
  python(
    'a stack that overflows in C ends by its signal',
    `import ctypes
f = ctypes.CFUNCTYPE(None)(lambda: f())
import sys
sys.setrecursionlimit(10 ** 9)
f()`,
    signaled('SIGSEGV'),
  ),
  python(
    'a jump to nowhere ends by its signal and leaves no core',
    'import ctypes, resource\nresource.getrlimit(4) == (0, 0) and ctypes.CFUNCTYPE(None)(16)()',
    signaled('SIGSEGV'),
  ),
];
