import { type Attack, bash, javascript, python, typescript } from '../../support/attack.ts';

const small = { diskMiB: 4 };

/** Programs that want more of the disk than is theirs. */
export const diskBombs: Attack[] = [
  bash(
    'every place to write shares one disk',
    `for place in ~ /tmp /dev/shm; do head -c 2M /dev/zero > $place/f 2>/dev/null || echo "$place full"; done
touch /var/tmp/f /run/f /mnt/f /f 2>&1 | grep -c .`,
    { stdout: '/tmp full\n/dev/shm full\n4\n' },
    { diskMiB: 3 },
  ),
  bash(
    'a file removed while open still counts',
    `exec 3> f; rm f; head -c 16M /dev/zero >&3 2>/dev/null || echo full`,
    { stdout: 'full\n' },
    small,
  ),
  bash(
    'a sparse file is no larger than the disk',
    `truncate -s 1T huge 2>/dev/null || echo refused; fallocate -l 1G huge 2>/dev/null || echo refused
dd if=/dev/zero of=huge bs=1 count=1 seek=100G 2>/dev/null || echo refused; stat -c %s huge 2>/dev/null || echo none`,
    { stdout: 'refused\nrefused\nrefused\n0\n' },
    small,
  ),
  bash(
    'a limit of file sizes is not raised',
    'ulimit -f unlimited 2>/dev/null || echo refused; ulimit -Hf',
    { stdout: 'refused\n5120\n' },
    small,
  ),
  bash('copies of a folder into itself end', 'mkdir a; cp -r a a/b 2>/dev/null; echo $?; ls -R a | wc -l', {
    stdout: /^1\n\d\n$/,
  }),
  bash(
    'a zip bomb on the way to the disk ends where the disk ends',
    'head -c 40M /dev/zero | gzip -c > bomb.gz; gunzip -c bomb.gz > out 2>/dev/null || echo full',
    { stdout: 'full\n' },
    small,
  ),
  python(
    'a thousand folders deep can be made and are gone',
    `import os
for _ in range(1000):
    os.mkdir("d" * 200)
    os.chdir("d" * 200)
print("made")`,
    { stdout: 'made\n' },
  ),
  python(
    'ten thousand files of no byte can be made and are gone',
    `import os
for n in range(10_000): os.close(os.open(f"/tmp/f{n}", os.O_CREAT))
print("made")`,
    { stdout: 'made\n' },
    { wallTimeMs: 60_000, cpuTimeMs: 60_000 },
  ),
  python(
    'a hole is as large as its disk at most',
    `import os
fd = os.open("hole", os.O_CREAT | os.O_RDWR)
for grow in (lambda: os.truncate(fd, 1 << 40), lambda: os.pwrite(fd, b"x", 1 << 40), lambda: os.posix_fallocate(fd, 0, 1 << 40)):
    try: grow(); print("grown")
    except OSError as e: print(e.strerror)`,
    { stdout: 'File too large\nFile too large\nFile too large\n' },
  ),
  python(
    'disks of its own can not be mounted for more room',
    `import ctypes
libc = ctypes.CDLL(None, use_errno=True)
for place in (b"/tmp", b"/home/user", b"/mnt"):
    libc.mount(b"tmpfs", place, b"tmpfs", 0, b"size=1g")
    print(ctypes.get_errno())`,
    { stdout: '1\n1\n1\n' },
  ),
  javascript(
    'writes of nothing but holes end where the disk ends',
    `const fs = require('fs');
const fd = fs.openSync('hole', 'w');
try { for (let at = 0; ; at += 4096) fs.writeSync(fd, 'x', at); } catch (e) { console.log(e.code); }`,
    { stdout: /^(ENOSPC|EFBIG)\n$/ },
    small,
  ),
  typescript(
    'a file that is appended to through ten descriptors ends where the disk ends',
    `import fs from 'node:fs';
const all: number[] = Array.from({ length: 10 }, () => fs.openSync('f', 'a'));
try { for (;;) for (const fd of all) fs.writeSync(fd, Buffer.alloc(100_000)); } catch (e) { console.log((e as { code: string }).code); }`,
    { stdout: 'ENOSPC\n' },
    small,
  ),
];
