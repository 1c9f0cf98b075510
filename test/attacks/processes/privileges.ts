import { type Attack, bash, javascript, python, typescript } from '../../support/attack.ts';

/** Ways to become somebody else. */
export const privilegeAttacks: Attack[] = [
  bash(
    'a program has no capability and can not get one',
    'grep -E "^(Cap(Inh|Prm|Eff)|Uid|Gid|Groups)" /proc/self/status | tr -s "\\t \\n" " "',
    {
      stdout:
        'Uid: 1000 1000 1000 1000 Gid: 1000 1000 1000 1000 Groups: CapInh: 0000000000000000 CapPrm: 0000000000000000 CapEff: 0000000000000000 ',
    },
  ),
  bash(
    'no file makes its user root',
    'find / -xdev \\( -perm -4000 -o -perm -2000 \\) -type f 2>/dev/null | wc -l',
    { stdout: '0\n' },
  ),
  bash(
    'no file of the system can be written',
    'find / -xdev -writable \\( -type f -o -type d \\) 2>/dev/null | grep -vE "^/(proc|dev|tmp|home/user)(/|$)"; echo none',
    { stdout: 'none\n' },
  ),
  bash(
    'a copy of a shell with every bit set gives nothing',
    'cp /bin/bash b; chmod 6777 b; ./b -p -c "id -u; id -ru"; cp /bin/bash /tmp/b; chmod 4755 /tmp/b; /tmp/b -p -c "id -u"',
    { stdout: '1000\n1000\n1000\n' },
  ),
  python(
    'every way to another user is refused',
    `import os
for name, args in (("setuid", (0,)), ("setgid", (0,)), ("seteuid", (0,)), ("setreuid", (0, 0)), ("setresuid", (0, 0, 0)), ("setresgid", (0, 0, 0)), ("setgroups", ([0],)), ("initgroups", ("root", 0)), ("setuid", (1,)), ("setuid", (65534,))):
    try: getattr(os, name)(*args); print("became", name)
    except OSError as e: print(e.strerror)
print(os.getresuid(), os.getresgid(), os.getgroups())`,
    { stdout: `${'Operation not permitted\n'.repeat(10)}(1000, 1000, 1000) (1000, 1000, 1000) []\n` },
  ),
  python(
    'limits are not raised',
    `import resource
for kind in (resource.RLIMIT_NPROC, resource.RLIMIT_NOFILE, resource.RLIMIT_FSIZE, resource.RLIMIT_CORE):
    soft, hard = resource.getrlimit(kind)
    try: resource.setrlimit(kind, (hard + 1, hard + 1)); print("raised", kind)
    except (ValueError, OSError): pass
    try: resource.prlimit(1, kind, (0, 0)); print("limited process 1")
    except OSError: pass
print("as before")`,
    { stdout: 'as before\n' },
  ),
  python(
    'no privilege comes back through prctl',
    `import ctypes
libc = ctypes.CDLL(None)
print([libc.prctl(*args) for args in ((38, 0, 0, 0, 0), (8, 1, 0, 0, 0), (47, 2, 21, 0, 0), (28, 0x2f, 0, 0, 0), (24, 21, 0, 0, 0))])
print({line.split()[1] for line in open("/proc/self/status") if line.startswith(("CapEff", "CapPrm", "CapInh"))})`,
    { stdout: "[-1, 0, -1, -1, -1]\n{'0000000000000000'}\n" },
  ),
  python(
    'a device that is made is none of the machine, but what the guest has anyway',
    `import os
for n, (kind, major, minor) in enumerate(((0o20666, 1, 1), (0o20666, 1, 2), (0o20666, 1, 11), (0o60666, 8, 0), (0o60666, 259, 0), (0o20666, 10, 200), (0o20666, 10, 229), (0o20666, 10, 232))):
    try: os.mknod(f"/tmp/m{n}", kind, os.makedev(major, minor)); os.open(f"/tmp/m{n}", os.O_RDWR); print("opened", major, minor)
    except OSError as e: print(e.strerror)
for name in ("mem", "kmem", "kmsg", "port", "kvm", "sda", "nvme0n1", "xvda", "loop0", "loop-control", "vhost-vsock", "vsock", "hwrng", "snapshot", "uinput", "mapper/control"):
    if os.path.exists("/dev/" + name): print(name)
print(sorted(os.listdir("/dev")))`,
    {
      stdout: `${'No such device or address\n'.repeat(5)}opened 10 200
opened 10 229
No such device or address
['fd', 'full', 'fuse', 'net', 'null', 'ptmx', 'pts', 'random', 'shm', 'stderr', 'stdin', 'stdout', 'tty', 'urandom', 'zero']
`,
    },
  ),
  javascript(
    'node becomes nobody else',
    `for (const [name, id] of [['setuid', 0], ['setgid', 0], ['seteuid', 0], ['setegid', 0], ['setgroups', [0]], ['initgroups', ['root', 0]]]) {
  try { Array.isArray(id) && name === 'initgroups' ? process[name](...id) : process[name](id); console.log('became', name); } catch (e) { console.log(e.code); }
}
console.log(process.getuid(), process.geteuid(), process.getgid());`,
    { stdout: 'EPERM\nEPERM\nEPERM\nEPERM\nEPERM\nEPERM\n1000 1000 1000\n' },
  ),
  javascript(
    'a child is nobody else',
    `const { spawnSync } = require('child_process');
console.log(spawnSync('id', { uid: 0 }).error?.code, spawnSync('id', { gid: 0 }).error?.code, String(spawnSync('id', ['-u']).stdout));`,
    { stdout: 'EPERM EPERM 1000\n\n' },
  ),
  typescript(
    'no library is loaded that gives a right',
    `import { constants } from 'node:os';
const tried: string[] = [];
for (const file of ['/proc/1/exe', '/dev/zero', '/home/user/main.ts', '/usr/lib/x86_64-linux-gnu/libc.so.6']) {
  try { (process as any).dlopen({ exports: {} }, file, constants.dlopen.RTLD_NOW); tried.push(file); } catch {}
}
console.log(tried, process.getuid?.());`,
    { stdout: '[] 1000\n' },
  ),
];
