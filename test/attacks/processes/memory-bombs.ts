import { type Attack, bash, javascript, limited, python, typescript } from '../../support/attack.ts';

const full = limited('memoryMiB');
const small = { memoryMiB: 96 };

/** Programs that hide what they hoard: in other processes, shared or without an owner. */
export const memoryBombs: Attack[] = [
  python(
    'memory of many processes counts together',
    `import os, time
for _ in range(8):
    if os.fork() == 0:
        kept = os.urandom(1 << 20) * 24
        time.sleep(60)
time.sleep(60)`,
    full,
    small,
  ),
  python(
    'memory that is shared and mapped reaches the limit',
    `import mmap
kept = []
while True:
    kept.append(mmap.mmap(-1, 8 << 20))
    for page in range(0, 8 << 20, 4096): kept[-1][page] = 1`,
    full,
    small,
  ),
  python(
    'files in memory without a name reach the limit',
    `import os, time
kept = []
for _ in range(64):
    kept.append(os.memfd_create("hoard"))
    for _ in range(16): os.write(kept[-1], bytes(1 << 20))
print("too much")`,
    { ...full, stdout: '' },
    small,
  ),
  python(
    'System V shared memory that nobody has attached reaches the limit',
    `import ctypes
libc = ctypes.CDLL(None)
libc.shmat.restype = ctypes.c_void_p
libc.shmdt.argtypes = [ctypes.c_void_p]
for _ in range(64):
    segment = libc.shmget(0, ctypes.c_size_t(16 << 20), 0o1600)
    place = libc.shmat(segment, None, 0)
    ctypes.memset(place, 1, 16 << 20)
    libc.shmdt(place)
print("too much")`,
    { ...full, stdout: '' },
    small,
  ),
  python(
    'System V shared memory that outlives the program is counted, however soon that ends',
    `import ctypes
libc = ctypes.CDLL(None)
libc.shmat.restype = ctypes.c_void_p
libc.shmdt.argtypes = [ctypes.c_void_p]
for _ in range(15):
    place = libc.shmat(libc.shmget(0, ctypes.c_size_t(8 << 20), 0o1600), None, 0)
    ctypes.memset(place, 1, 8 << 20)
    libc.shmdt(place)`,
    { ...full, stdout: '' },
    small,
  ),
  python(
    'full pipes are bounded in size and number',
    `import fcntl, os, time
kept = []
try:
    while True:
        r, w = os.pipe()
        kept += [r, w]
        fcntl.fcntl(w, 1031, 1 << 20)
        os.set_blocking(w, False)
        os.write(w, bytes(1 << 20))
except OSError: time.sleep(30) # the host looks ten times a second`,
    full,
    small,
  ),
  python(
    'full sockets are bounded in number',
    `import socket
kept = []
try:
    while True:
        kept += socket.socketpair()
        for end in kept[-2:]: end.setblocking(False)
        try:
            while True: kept[-1].send(bytes(1 << 16))
        except BlockingIOError: pass
except OSError as e: print(e.strerror)`,
    { stdout: 'Too many open files\n' },
  ),
  python(
    'a C library that takes memory behind Python is counted',
    `import ctypes
libc = ctypes.CDLL(None)
libc.malloc.restype = ctypes.c_void_p
while True: ctypes.memset(libc.malloc(ctypes.c_size_t(1 << 20)), 1, 1 << 20)`,
    full,
    small,
  ),
  python(
    'an address space of terabytes costs nothing and gives nothing',
    `import mmap
mmap.mmap(-1, 1 << 40, flags=mmap.MAP_PRIVATE | 0x4000)[:1]
print("empty")`,
    { stdout: 'empty\n' },
    small,
  ),
  bash('a growing string reaches the limit', 'x=aaaaaaaaaaaaaaaa; while :; do x=$x$x; done', full, small),
  bash('a growing array reaches the limit', 'while :; do a+=({1..10000}); done', full, small),
  bash('a command that reads zeros for ever reaches the limit', 'x=$(tr "\\0" x < /dev/zero)', full, small),
  bash('sort of an endless file without a line end reaches the limit', 'sort /dev/zero', full, small),
  bash('expansion of braces reaches the limit', 'echo {1..10000}{1..10000} | wc -c', full, small),
  javascript(
    'buffers outside of the heap reach the limit',
    'const kept = [];\nfor (;;) kept.push(Buffer.alloc(1 << 20, 1));',
    full,
    small,
  ),
  javascript(
    'pages of WebAssembly reach the limit',
    `const memory = new WebAssembly.Memory({ initial: 16 });
for (;;) { memory.grow(16); new Uint8Array(memory.buffer).fill(1); }`,
    full,
    small,
  ),
  javascript(
    'a child of node that hoards is charged to its program',
    `require('child_process').spawnSync('sort', ['/dev/zero']);
console.log('survived');`,
    { ...full, stdout: '' },
    small,
  ),
  typescript(
    'shared buffers reach the limit',
    'const kept: Uint8Array[] = [];\nfor (;;) kept.push(new Uint8Array(new SharedArrayBuffer(1 << 20)).fill(1));',
    full,
    small,
  ),
  typescript(
    'a gzip bomb reaches the limit',
    `import { gunzipSync, gzipSync } from 'node:zlib';
const bomb: Buffer = gzipSync(Buffer.alloc(64 << 20));
const kept: Buffer[] = [];
for (;;) kept.push(gunzipSync(bomb));`,
    full,
    { memoryMiB: 128 },
  ),
];
