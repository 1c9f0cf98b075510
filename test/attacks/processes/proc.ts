import { type Attack, bash, javascript, python, typescript } from '../../support/attack.ts';

/** Walks through /proc, to the processes that are not the program's. */
export const procAttacks: Attack[] = [
  bash(
    'processes are the program and what waits for it',
    `for p in /proc/[0-9]*; do printf '%s:' "$(awk '/^Uid/ { print $2 }' $p/status)"; tr '\\0' ' ' < $p/cmdline 2>/dev/null | cut -c1-17; done | grep -v '^1000:' | sort -u | wc -l; kill -0 $PPID 2>&1 | grep -o permitted`,
    { stdout: /^[1-4]\npermitted\n$/ },
  ),
  bash(
    'nothing of process 1 and of the runner can be opened',
    `for p in 1 $PPID; do for f in mem root cwd exe stack syscall pagemap ns/mnt; do
  (head -c 1 /proc/$p/$f || ls /proc/$p/$f/) >/dev/null 2>&1 && echo "$f of a process of root"; done; done; echo done`,
    { stdout: 'done\n' },
  ),
  bash(
    'a root by way of /proc is the same root',
    'ls /proc/self/root/ | tr "\\n" " "; ls /proc/self/root/../../../ | wc -w; cat /proc/self/root/root/x 2>&1 | grep -o "Permission denied"',
    {
      stdout:
        'bin boot dev etc home lib lib64 mnt proc root run sbin sys tmp usr var 16\nPermission denied\n',
    },
  ),
  python(
    'no environment of any process holds the secret of the host',
    `import glob, re
found = []
for path in glob.glob("/proc/[0-9]*/environ") + glob.glob("/proc/[0-9]*/cmdline") + glob.glob("/proc/[0-9]*/task/*/environ"):
    try: found += re.findall(rb"host-secre[t]-\\w+", open(path, "rb").read())
    except OSError: pass
print(found)`,
    { stdout: '[]\n' },
  ),
  python(
    'all memory that can be read is without the secret and the token of other runs',
    `import re
found = []
with open("/proc/self/maps") as maps, open("/proc/self/mem", "rb", 0) as memory:
    for line in maps.read().splitlines():
        span, rights = line.split()[:2]
        start, end = (int(part, 16) for part in span.split("-"))
        if "r" not in rights or end >> 47 or end - start > 1 << 28: continue
        try: memory.seek(start); found += re.findall(rb"host-secre[t]-\\w{32}|E2B_API_KE[Y]|AWS_SECRE[T]", memory.read(end - start))
        except (OSError, ValueError): pass
print(found)`,
    { stdout: '[]\n' },
  ),
  python(
    'memory of other processes is neither read nor written',
    `import ctypes, errno, os
libc = ctypes.CDLL(None, use_errno=True)
class Vec(ctypes.Structure): _fields_ = [("base", ctypes.c_void_p), ("len", ctypes.c_size_t)]
local, remote = Vec(ctypes.addressof(ctypes.create_string_buffer(8)), 8), Vec(0x400000, 8)
for pid in (1, os.getppid()):
    for name in ("process_vm_readv", "process_vm_writev"):
        print(getattr(libc, name)(pid, ctypes.byref(local), 1, ctypes.byref(remote), 1, 0), errno.errorcode[ctypes.get_errno()])
    for request in (16, 0x4206):
        print(libc.ptrace(request, pid, 0, 0), errno.errorcode[ctypes.get_errno()])`,
    { stdout: '-1 EPERM\n'.repeat(8) },
  ),
  python(
    "the kernel that answers is the guest's own",
    `import os
print(os.uname().release, os.uname().nodename, open("/proc/version").read().split()[2], os.path.exists("/proc/kcore"), os.path.exists("/proc/kallsyms"), os.path.exists("/proc/config.gz"))
print(open("/proc/cmdline").read().strip())`,
    { stdout: '4.4.0 sandbox 4.4.0 False False False\nBOOT_IMAGE=/vmlinuz-4.4.0-gvisor quiet\n' },
  ),
  javascript(
    'descriptors of other processes are closed to the program, but for its own three pipes',
    `const fs = require('fs');
const open = [];
const own = [0, 1, 2].map((fd) => fs.fstatSync(fd).ino);
for (const pid of fs.readdirSync('/proc').filter((name) => /^\\d+$/.test(name))) {
  if (pid === String(process.pid)) continue;
  for (let fd = 0; fd < 1100; fd++) for (const mode of [fs.constants.O_RDONLY, fs.constants.O_WRONLY]) {
    const path = '/proc/' + pid + '/fd/' + fd;
    try {
      const leadsTo = fs.readlinkSync(path);
      const isPublic = leadsTo === '/dev/null' || (mode === fs.constants.O_RDONLY && leadsTo.startsWith('/'));
      if (!isPublic && !own.includes(fs.fstatSync(fs.openSync(path, fs.constants.O_NONBLOCK | mode)).ino)) open.push(path);
    } catch {}
  }
}
console.log(open);`,
    { stdout: '[]\n' },
  ),
  javascript(
    'the mounts of the guest name no path of the host',
    `const mounts = require('fs').readFileSync('/proc/self/mountinfo', 'utf8').split('\\n').filter(Boolean);
console.log(mounts.map((line) => line.split(' ')[4]).sort().join(), mounts.some((line) => line.includes(process.env.HOST_FILE.split('/')[2])));`,
    {
      stdout:
        '/,/dev,/dev/pts,/dev/shm,/dev/shm,/home/user,/home/user,/proc,/run,/run/cordon/disk,/sys,/tmp,/tmp false\n',
    },
  ),
  typescript(
    "what node can tell of the machine is the guest's",
    `import os from 'node:os';
console.log(os.hostname(), os.release(), os.userInfo().username, JSON.stringify(os.networkInterfaces()), os.homedir(), os.tmpdir());`,
    { stdout: 'sandbox 4.4.0 user {} /home/user /tmp\n' },
  ),
];
