import type { Language } from '../../../shared/domain/program.ts';
import type { Canary } from '../../support/attack.ts';

const node = `
const fs = require('fs');
const isNow = Math.abs(Date.now() - Number(process.env.NOW)) < 60_000;
delete process.env.NOW;
const list = (path) => { try { return fs.readdirSync(path).sort().join(); } catch (e) { return e.code; } };
console.log('files', ['.', '/tmp', '/dev/shm', '/run', '/mnt', '/var/tmp', '/dev', '/'].map(list).join(' | '));
console.log('processes', fs.readdirSync('/proc').filter((name) => /^\\d+$/.test(name)).length);
console.log('system', JSON.stringify(process.env), process.argv.join(), process.execArgv.join(), process.cwd(), process.umask());
console.log('descriptors', [...Array(1100).keys()].filter((fd) => { try { return fs.fstatSync(fd).isFIFO(); } catch { return false; } }).join());
console.log('limits', fs.readFileSync('/proc/self/limits', 'utf8'));
console.log('mounts', fs.readFileSync('/proc/self/mounts', 'utf8'));
console.log('user', process.getuid(), process.getgid(), process.getgroups().join(), require('os').hostname(), require('os').getPriority());
console.log('signals', fs.readFileSync('/proc/self/status', 'utf8').match(/^(Sig|Cap|No|Sec)\\w+:.*/gm).join());
console.log('room', fs.statfsSync?.('/tmp').bfree, fs.statfsSync?.('/tmp').ffree);
console.log('stdin', fs.readFileSync(0, 'utf8'), typeof context, isNow);
console.log('names', Object.getOwnPropertyNames(globalThis).sort().join(), Object.keys(Object.prototype).join());
require('child_process').execFile('id', (e, out) => console.log('child', e, out));
console.error('stderr');
`;

/**
 * An innocent program per language, run after each attack by the same tenant. It prints what an attack could have
 * left behind: files, processes, environment, descriptors, mounts, limits, names.
 */
export const canaries: Record<Language, Canary> = {
  python: {
    language: 'python',
    stdin: 'canary in',
    source: `
import builtins, glob, os, re, resource, signal, socket, subprocess, sys, threading, time
is_now = abs(time.time() - float(os.environ.pop("NOW")) / 1000) < 60
def is_open(fd):
    try: os.fstat(fd); return True
    except OSError: return False
def names(folder):
    try: return sorted(os.listdir(folder))
    except OSError as e: return e.strerror
print("files", [names(folder) for folder in (".", "/tmp", "/dev/shm", "/run", "/mnt", "/var/tmp", "/dev", "/")], oct(os.stat("main.py").st_mode))
print("processes", len(glob.glob("/proc/[0-9]*")), threading.active_count(), os.getpgid(0) == os.getpid())
print("system", dict(os.environ), sys.argv, sys.path, sys.flags, os.getcwd(), oct(os.umask(0o22)))
print("names", sorted(globals()), len(vars(builtins)), len(sys.modules) > 20, len(sys.meta_path))
print("descriptors", [fd for fd in range(1100) if is_open(fd)])
print("limits", [resource.getrlimit(kind) for kind in range(16)], sys.getrecursionlimit())
print("mounts", open("/proc/self/mounts").read())
print("user", os.getresuid(), os.getresgid(), os.getgroups(), socket.gethostname(), os.nice(0), socket.if_nameindex())
print("signals", re.findall("^(?:Sig|Cap|No|Sec).*", open("/proc/self/status").read(), re.M), [s.name for s in signal.valid_signals() if signal.getsignal(s) is signal.SIG_IGN and isinstance(s, signal.Signals)])
print("room", os.statvfs("/tmp").f_bfree, os.statvfs("/tmp").f_ffree, [open(path).read() for path in sorted(glob.glob("/proc/sysvipc/*"))])
print("stdin", sys.stdin.read(), sys.stdout is sys.__stdout__, is_now)
print("child", subprocess.run(["id"], capture_output=True, text=True).stdout)
print("stderr", file=sys.stderr)
`,
  },
  javascript: { language: 'javascript', stdin: 'canary in', source: node },
  typescript: { language: 'typescript', stdin: 'canary in', source: node },
  bash: {
    language: 'bash',
    stdin: 'canary in',
    source: `
echo "files $(find . /tmp /dev/shm /run /mnt /var/tmp /dev 2>&1 | sort | tr '\\n' ' ')"
echo "processes" /proc/[0-9]*; jobs; trap
echo "system $(env | grep -v ^NOW= | sort) $0 $* $PWD $(umask) $-"; shopt; set -o; alias; declare -F; hash
set -- /proc/$$/fd/*; echo "descriptors $*"
echo "limits $(ulimit -a)"; cat /proc/self/mounts /proc/sysvipc/*
echo "user $(id) $(hostname) $(nice)"; grep -E '^(Sig|Cap|No|Sec)' /proc/$$/status
echo "room $(df --output=avail,iavail /tmp)"; echo "stdin $(cat)"; (( $(date +%s) - NOW / 1000 < 60 )) && echo "clock"
echo stderr >&2
`,
  },
};
