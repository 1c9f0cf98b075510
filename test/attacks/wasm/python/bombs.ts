import { type Attack, limited, python, throws } from '../../../support/attack.ts';

const shortWall = { wallTimeMs: 400 };
const smallMemory = { memoryMiB: 96 };

/** Programs that want more of something than they may have. */
export const bombAttacks: Attack[] = [
  python('one huge allocation reaches the memory limit', 'x = bytearray(2 * 10 ** 9)', {
    ...limited('memoryMiB'),
    errorType: 'MemoryError',
  }),
  python(
    'a wide format reaches the memory limit',
    'print("{:>1000000000}".format(1))',
    {
      ...limited('memoryMiB'),
      errorType: 'MemoryError',
    },
    smallMemory,
  ),
  python(
    'a MemoryError that is handled is an ordinary exception',
    'try: bytearray(10 ** 9)\nexcept MemoryError: print("handled")',
    {
      stdout: 'handled\n',
    },
    smallMemory,
  ),
  python(
    'a hole in a file counts like its bytes',
    'import os\nos.truncate(os.open("s", os.O_CREAT | os.O_RDWR), 10 ** 9)',
    throws('OSError', 'No space left on device'),
  ),
  python(
    'empty files are bounded in number',
    `n = 0
try:
    while True:
        open(f"f{n}", "w").close()
        n += 1
except OSError as e:
    print(n, e.strerror)`,
    { stdout: '1022 No space left on device\n' },
    { diskMiB: 4 },
  ),
  python(
    'folders in folders are bounded in number',
    `import os
n = 0
try:
    while True:
        os.mkdir("d"); os.chdir("d"); n += 1
except OSError as e:
    print(n, e.strerror)`,
    { stdout: '1022 No space left on device\n' },
    { diskMiB: 4 },
  ),
  python(
    'links full of text are bounded',
    'import os\nos.symlink("x" * 2000, "l")',
    throws('OSError', 'Filename too long'),
  ),
  python(
    'open files are bounded in number',
    'k = [open("/dev/null") for _ in range(1000)]',
    throws('OSError', 'No file descriptors available'),
  ),
  python(
    'recursion in C raises',
    'import sys\nsys.setrecursionlimit(10 ** 9)\ndef f(x): sorted([1], key=f)\nf(1)',
    throws('RecursionError', 'Stack overflow'),
  ),
  python(
    'a list nested 20,000 deep can be shown',
    'x = []\nfor _ in range(20_000): x = [x]\nprint(len(repr(x)))',
    { stdout: '40002\n' },
  ),
  python(
    'fork and thread bombs never start',
    'import os, _thread\ntry: os.fork()\nexcept OSError: print("no fork")\nwhile True: _thread.start_new_thread(print, ())',
    {
      ...throws('RuntimeError'),
      stdout: 'no fork\n',
    },
  ),
  python(
    'randomness by the gigabyte is stopped',
    'import os\nwhile True: os.urandom(10 ** 7)',
    limited('wallTimeMs'),
    shortWall,
  ),
];
