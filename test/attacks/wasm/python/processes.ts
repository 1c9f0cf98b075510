import { type Attack, python, throws } from '../../../support/attack.ts';

const noProcesses = "processes aren't available in the wasm backend";

/** Ways to start or signal something outside the interpreter. */
export const processAttacks: Attack[] = [
  python('os.system returns -1 and runs nothing', 'import os\nprint(os.system("id"))', { stdout: '-1\n' }),
  python('os.popen raises', 'import os\nos.popen("id").read()', throws('OSError', noProcesses)),
  python(
    'subprocess.run raises',
    'import subprocess\nsubprocess.run(["/bin/sh", "-c", "id"], shell=False)',
    throws('OSError', noProcesses),
  ),
  python('os.fork raises', 'import os\nos.fork()', throws('OSError', noProcesses)),
  python('os.execv raises', 'import os\nos.execv("/bin/sh", ["sh"])', throws('OSError', noProcesses)),
  python(
    '_posixsubprocess.fork_exec starts nothing',
    `import os
from _posixsubprocess import fork_exec
r, w = os.pipe()
names = [b"/bin/id"]
fork_exec(names, names, True, (w,), None, None, -1, -1, -1, -1, -1, -1, r, w, False, False, -1, None, None, None, -1, None)`,
    throws('OSError'),
  ),
  python(
    'os.posix_spawn is missing',
    'import os\nos.posix_spawn("/bin/id", ["id"], {})',
    throws('AttributeError'),
  ),
  python('pty.spawn raises', 'import pty\npty.spawn("/bin/sh")', throws('OSError', 'out of pty devices')),
  python(
    'the walk from object to os._wrap_close reaches a system that runs nothing',
    `for c in ().__class__.__base__.__subclasses__():
    if c.__name__ == "_wrap_close":
        print(c.__init__.__globals__["system"]("id"))`,
    { stdout: '-1\n' },
  ),
  python(
    'multiprocessing raises',
    'import multiprocessing\nmultiprocessing.Process(target=print).start()',
    throws('ModuleNotFoundError', "isn't available in the wasm backend"),
  ),
  python(
    'a thread raises',
    'import threading\nthreading.Thread(target=print).start()',
    throws('RuntimeError', "threads aren't available in the wasm backend"),
  ),
  python('signal.alarm is missing', 'import signal\nsignal.alarm(1)', throws('AttributeError')),
  python(
    'signals reach no other process',
    `import os, signal
for pid in (1, 2, 41, 43):
    try:
        os.kill(pid, signal.SIGKILL)
        print("killed", pid)
    except OSError as e:
        print(type(e).__name__)`,
    { stdout: 'PermissionError\n'.repeat(4) },
  ),
  python(
    'killing itself ends only itself',
    'import os, signal\nprint("before", flush=True)\nos.kill(os.getpid(), signal.SIGKILL)',
    { ending: { kind: 'exited', exitCode: 137 }, stdout: 'before\n' },
  ),
  python(
    'a socket raises',
    'import socket\nsocket.socket()',
    throws('PermissionError', "sockets aren't available"),
  ),
  python(
    'the raw socket module makes no socket',
    'import _socket\n_socket.socket(2, 1, 0)',
    throws('OSError'),
  ),
  python(
    'a name is not resolved',
    'import socket\nsocket.getaddrinfo("example.com", 80)',
    throws('socket.gaierror', "names can't be resolved in the wasm backend"),
  ),
  python(
    'the metadata service is out of reach',
    'import urllib.request\nurllib.request.urlopen("http://169.254.169.254/latest/meta-data/")',
    throws('urllib.error.URLError', "can't be resolved in the wasm backend"),
  ),
  python(
    'asyncio connects to nothing',
    'import asyncio\nasyncio.run(asyncio.open_connection("127.0.0.1", 22))',
    throws('PermissionError', "sockets aren't available"),
  ),
];
