import {
  type Attack,
  flooded,
  limited,
  onProcesses,
  python,
  signaled,
  throws,
} from '../../support/attack.ts';

const shortWall = { wallTimeMs: 400 };
const shortCpu = { cpuTimeMs: 300 };
const smallMemory = { memoryMiB: 96 };

/** Programs that want more of something than they may have. */
export const pythonBombs: Attack[] = [
  python('an endless loop is stopped at its CPU time', 'while True: pass', limited('cpuTimeMs'), shortCpu),
  python('an endless loop is stopped at its wall time', 'while True: pass', limited('wallTimeMs'), shortWall),
  python(
    'a long sleep is stopped at its wall time',
    'import time\nprint("zzz")\ntime.sleep(1000)',
    {
      ...limited('wallTimeMs'),
      stdout: 'zzz\n',
    },
    { wallTimeMs: 1500 },
  ),
  python(
    'catching every exception in a loop helps nothing',
    'while True:\n  try:\n    while True: pass\n  except BaseException: pass',
    limited('wallTimeMs'),
    shortWall,
  ),
  python(
    'an event loop that waits for nothing is stopped at its wall time',
    'import asyncio\nasyncio.run(asyncio.Event().wait())',
    limited('wallTimeMs'),
    shortWall,
  ),
  python(
    'a regular expression that backtracks is stopped',
    'import re\nre.match(r"(a+)+$", "a" * 40 + "b")',
    limited('cpuTimeMs'),
    shortCpu,
  ),
  python('a power of powers is stopped', 'x = 7 ** (10 ** 8)', limited('cpuTimeMs'), shortCpu),
  python('a sum of everything is stopped', 'sum(range(10 ** 12))', limited('cpuTimeMs'), shortCpu),
  python(
    'a number of too many digits raises',
    'print(10 ** 5000)',
    throws('ValueError', 'Exceeds the limit'),
  ),
  onProcesses(
    limited('memoryMiB'),
    python(
      'a growing list reaches the memory limit',
      'x = []\nwhile True: x.append(bytearray(10 ** 6))',
      {
        ...limited('memoryMiB'),
        errorType: 'MemoryError',
      },
      smallMemory,
    ),
  ),
  onProcesses(
    limited('memoryMiB'),
    python(
      'a doubling string reaches the memory limit',
      'x = "x"\nwhile True: x += x',
      {
        ...limited('memoryMiB'),
        errorType: 'MemoryError',
      },
      smallMemory,
    ),
  ),
  onProcesses(
    limited('memoryMiB'),
    python(
      'a MemoryError that is caught forever ends at the wall time',
      'x = []\nwhile True:\n  try: x.append(bytearray(10 ** 6))\n  except MemoryError: pass',
      limited('wallTimeMs'),
      { ...smallMemory, wallTimeMs: 3000 }, // long enough to fill the memory on a busy machine
    ),
  ),
  onProcesses(
    limited('memoryMiB'),
    python(
      'a zip bomb reaches the memory limit',
      'import zlib\nd = zlib.compressobj()\nb = b"".join(d.compress(bytes(10 ** 6)) for _ in range(200)) + d.flush()\nzlib.decompress(b)',
      { ...limited('memoryMiB'), errorType: 'MemoryError' },
      smallMemory,
    ),
  ),
  python(
    'a flood on stdout is cut at the limit',
    'while True: print("x" * 99)',
    flooded('stdout', /^(x{99}\n){10}$/),
    { outputBytes: 1000 },
  ),
  python(
    'a flood on stderr is cut at the limit',
    'import sys\nwhile True: print("e" * 99, file=sys.stderr)',
    flooded('stderr', /^(e{99}\n){10}$/),
    { outputBytes: 1000 },
  ),
  python('output is cut between characters', 'print("é" * 100)', flooded('stdout', 'é'.repeat(50)), {
    outputBytes: 101,
  }),
  python(
    'output of exactly the limit is whole',
    'print("x" * 99)',
    {
      stdout: `${'x'.repeat(99)}\n`,
      truncated: { stdout: false, stderr: false },
    },
    { outputBytes: 100 },
  ),
  python(
    'one write of 50 MB is cut at the limit',
    'import os\nos.write(1, b"x" * 50_000_000)',
    flooded('stdout', 'x'.repeat(1000)),
    { outputBytes: 1000 },
  ),
  python(
    'a file that fills the disk raises ENOSPC',
    'f = open("big", "wb", 0)\nwhile True: f.write(bytes(10 ** 5))',
    throws('OSError', 'No space left on device'),
    { diskMiB: 4 },
  ),
  python(
    'files removed while open still count',
    `import os
kept = []
while True:
    kept.append(open("f", "wb", 0))
    kept[-1].write(bytes(10 ** 5))
    os.unlink("f")`,
    throws('OSError', 'No space left on device'),
    { diskMiB: 4 },
  ),
  python(
    'pipes nobody reads are bounded',
    'import os\nr, w = os.pipe()\nos.set_blocking(w, False)\nwhile True: os.write(w, bytes(10 ** 5))',
    throws('BlockingIOError'),
  ),
  python(
    'endless recursion raises',
    'def f(): f()\nf()',
    throws('RecursionError', 'maximum recursion depth exceeded'),
  ),
  python(
    'endless recursion without a recursion limit reaches the memory limit',
    'import sys\nsys.setrecursionlimit(10 ** 9)\ndef f(): f()\nf()',
    limited('memoryMiB'),
    smallMemory,
  ),
  python(
    'iterators nested 300,000 deep crash the interpreter only',
    'x = iter([1])\nfor _ in range(300_000): x = map(abs, x)\nnext(x)',
    signaled('SIGSEGV'),
  ),
  python(
    'a source nested too deep is a SyntaxError',
    'exec("x=" + "[" * 100_000)',
    throws('SyntaxError', 'too many nested parentheses'),
  ),
  python(
    'an endless atexit function is stopped',
    'import atexit\n@atexit.register\ndef f():\n  while True: pass',
    limited('wallTimeMs'),
    shortWall,
  ),
  python(
    'an endless finalizer is stopped',
    'class D:\n  def __del__(self):\n    while True: pass\nd = D()',
    limited('wallTimeMs'),
    shortWall,
  ),
  python(
    'an endless __str__ of an exception is stopped',
    'class E(Exception):\n  def __str__(self):\n    while True: pass\nraise E',
    limited('wallTimeMs'),
    shortWall,
  ),
];
