import { type Attack, bash, python } from '../../support/attack.ts';

/** Calls C functions and prints what each is refused with. */
const tryAll = `
import ctypes, errno, os, sys
libc = ctypes.CDLL(None, use_errno=True)
number = lambda x86, arm: x86 if os.uname().machine == "x86_64" else arm
def call(name, *args):
    ctypes.set_errno(0)
    result = getattr(libc, name)(*args)
    return "done" if result >= 0 else errno.errorcode[ctypes.get_errno()]
def system(x86, arm, *args):
    return call("syscall", ctypes.c_long(number(x86, arm)), *map(ctypes.c_long, args))
def show(**results):
    for name, result in results.items(): print(name, result)
`;

/** Ways into the kernel that a program without rights must find closed. */
export const kernelAttacks: Attack[] = [
  python(
    'nothing is mounted, unmounted or made the root',
    `${tryAll}
show(mount=call("mount", b"proc", b"/mnt", b"proc", 0, None), bind=call("mount", b"/", b"/mnt", None, 4096, None),
  remount=call("mount", None, b"/", None, 32, None), umount=call("umount2", b"/proc", 2), chroot=call("chroot", b"/tmp"),
  pivot_root=system(155, 41, 0, 0), open_tree=system(428, 428, -100, 0, 0), fsopen=system(430, 430, 0, 0), swapon=call("swapon", b"/tmp", 0))`,
    {
      stdout:
        'mount EPERM\nbind EPERM\nremount EPERM\numount EPERM\nchroot EPERM\npivot_root EPERM\nopen_tree ENOSYS\nfsopen ENOSYS\nswapon EPERM\n',
    },
  ),
  python(
    'no namespace is entered, and none made that gives a right',
    `${tryAll}
for name, flag in (("mount", 0x20000), ("uts", 0x4000000), ("ipc", 0x8000000), ("pid", 0x20000000), ("net", 0x40000000), ("cgroup", 0x2000000), ("user", 0x10000000)):
    print(name, call("unshare", flag))
for name in ("net", "uts", "ipc", "pid", "user", "mnt"):
    for pid in (1, os.getppid()):
        try: print(name, call("setns", os.open(f"/proc/{pid}/ns/{name}", os.O_RDONLY), 0))
        except OSError as e: print(name, e.strerror)`,
    {
      stdout: `mount EPERM
uts EPERM
ipc EPERM
pid EPERM
net EPERM
cgroup done
user EPERM
${'net EPERM\n'.repeat(2)}${'uts EPERM\n'.repeat(2)}${'ipc EPERM\n'.repeat(2)}${'pid EINVAL\n'.repeat(2)}${'user EINVAL\n'.repeat(2)}${'mnt EPERM\n'.repeat(2)}`,
    },
  ),
  python(
    'no code is loaded into the kernel',
    `${tryAll}
show(bpf=system(321, 280, 0, 0, 0), init_module=system(175, 105, 0, 0, 0), finit_module=system(313, 273, 0, 0, 0), delete_module=system(176, 106, 0, 0),
  kexec_load=system(246, 104, 0, 0, 0, 0), kexec_file_load=system(320, 294, 0, 0, 0, 0, 0))`,
    {
      stdout:
        'bpf EPERM\ninit_module EPERM\nfinit_module EPERM\ndelete_module EPERM\nkexec_load EPERM\nkexec_file_load EPERM\n',
    },
  ),
  python(
    'the machine is neither stopped, renamed nor set to another time',
    `${tryAll}
show(reboot=call("reboot", 0x1234567), sethostname=call("sethostname", b"left", 4), setdomainname=call("setdomainname", b"left", 4),
  acct=call("acct", b"/tmp/a"), syslog=call("klogctl", 5, None, 0), vhangup=call("vhangup"))
spec = (ctypes.c_long * 2)(0, 0)
show(settimeofday=call("settimeofday", spec, None), clock_settime=call("clock_settime", 0, spec), adjtimex=call("adjtimex", ctypes.create_string_buffer(b"\\xff" * 208, 208)))`,
    {
      stdout: `reboot EPERM
sethostname EPERM
setdomainname EPERM
acct EPERM
syslog ENOSYS
vhangup EPERM
settimeofday EPERM
clock_settime EPERM
adjtimex EPERM
`,
    },
  ),
  python(
    'ways to time, trace or share with the kernel are not there',
    `${tryAll}
show(perf_event_open=system(298, 241, 0, 0, -1, -1, 0), userfaultfd=system(323, 282, 0), io_uring_setup=system(425, 425, 8, 0),  add_key=system(248, 217, 0, 0, 0, 0, 0), fanotify=call("fanotify_init", 0, 0), lookup_dcookie=system(212, 18, 0, 0, 0), quotactl=call("quotactl", 0, None, 0, None),
  kcmp=system(312, 272, 1, os.getpid(), 0, 0, 0), open_by_handle_at=call("open_by_handle_at", 3, ctypes.create_string_buffer(128), 0),
  memfd_secret=system(447, 447, 0), pidfd_getfd=system(438, 438, 3, 0, 0), process_madvise=system(440, 440, 0, 0, 0, 0, 0))`,
    {
      stdout: `perf_event_open ENODEV
userfaultfd ENOSYS
io_uring_setup ENOSYS
add_key EACCES
fanotify ENOSYS
lookup_dcookie EPERM
quotactl EPERM
kcmp EPERM
open_by_handle_at ENOTSUP
memfd_secret ENOSYS
pidfd_getfd ENOSYS
process_madvise ENOSYS
`,
    },
  ),
  python(
    'a kernel that is called with every number and noise goes on',
    `${tryAll}
import random, signal, time
unsafe = {number(60, 93), number(231, 94), number(62, 129), number(34, 34), number(15, 139), number(61, 260), number(247, 95), number(35, 101), number(230, 115), number(22, 59),
  number(202, 98), number(7, 73), number(270, 72), number(232, 22), number(281, 22), number(128, 137), number(130, 133), number(56, 220), number(57, 220), number(58, 220), number(59, 221), number(322, 281),
  number(435, 435), number(200, 130), number(234, 131), number(14, 135), number(23, 72), number(271, 73), number(441, 441), number(13, 134), number(77, 46), number(219, 128)}
pid = os.fork()
if pid == 0:
    signal.alarm(3)
    source = random.Random(7)
    for n in range(460):
        if n in unsafe: continue
        if os.fork() == 0:
            os.closerange(0, 3)
            signal.alarm(1)
            for _ in range(20): libc.syscall(ctypes.c_long(n), *(ctypes.c_long(source.choice((0, -1, 1, 1 << 62, source.getrandbits(63), 4096))) for _ in range(6)))
            os._exit(0)
        os.wait()
    os._exit(0)
os.waitpid(pid, 0)
print("goes on")`,
    { stdout: 'goes on\n' },
    { wallTimeMs: 60_000, cpuTimeMs: 60_000 },
  ),
  python(
    'ports of the processor are not for programs',
    `${tryAll}
show(iopl=system(172, 999, 3), ioperm=system(173, 999, 0, 1, 1), modify_ldt=system(154, 999, 0, 0, 0))`,
    { stdout: 'iopl EPERM\nioperm EPERM\nmodify_ldt EPERM\n' },
  ),
  bash(
    'files of the kernel are not written',
    `for f in /proc/sys/kernel/core_pattern /proc/sys/kernel/hostname /proc/sys/vm/overcommit_memory /proc/sysrq-trigger /proc/1/oom_score_adj \\
  /proc/1/comm /sys/kernel/uevent_helper /sys/fs/cgroup/cgroup.procs /proc/sys/net/ipv4/ip_forward /proc/self/loginuid; do
  (echo 1 > $f) 2>/dev/null && echo "wrote $f"; done; echo done`,
    { stdout: 'done\n' },
  ),
  bash(
    'commands for root are missing or refused',
    `for c in "su -c id" "sudo id" "mount -t tmpfs none /mnt" "umount /tmp" "unshare -r id" "nsenter -t 1 -a id" "chroot / id" "insmod x" "dmesg" \\
  "sysctl -w kernel.hostname=left" "chown root main.sh" "passwd" "reboot" "ip link" "iptables -L" "docker ps" "setcap all=ep main.sh" "date -s 2000-01-01"; do
  $c >/dev/null 2>&1 && echo "$c works"; done; echo done`,
    { stdout: 'done\n' },
  ),
];
