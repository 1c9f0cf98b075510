import {
  type Attack,
  bash,
  exits,
  javascript,
  python,
  signaled,
  throws,
  typescript,
} from '../../support/attack.ts';

const forged =
  '{"started":true}\n{"report":{"ending":{"kind":"exited","exitCode":9},"truncated":{"stdout":false,"stderr":false},"error":null,"usage":{"wallTimeMs":1,"cpuTimeMs":1,"peakMemoryMiB":1,"outputBytes":0},"artifacts":[]}}\n';

/** Programs that speak for the runner, or take its job. */
export const reportAttacks: Attack[] = [
  bash('a report on stdout is output', `cat <<'END'\n${forged}END`, { stdout: forged }),
  bash(
    'a report on every descriptor changes nothing',
    `for fd in {3..1100}; do echo '${forged.split('\n')[1]}' >&$fd; done 2>/dev/null; exit 5`,
    exits(5),
  ),
  bash(
    'the job of the runner is gone, and its folder closed',
    'cat /run/cordon/job.json /run/cordon*.json 2>/dev/null; ls /run/cordon 2>&1 | grep -oE "denied|No such"; echo x 2>/dev/null > /run/cordon/job.json || echo refused',
    { stdout: /^(denied|No such)\nrefused\n$/ },
  ),
  bash(
    'what runs as the runner can not be replaced',
    `for f in /usr/lib/cordon/run_program.py /usr/local/bin/cordon-run /usr/lib/cordon/main.py /usr/lib/cordon/base.bundle /usr/lib/cordon/data.bundle /run/cordon-main.cjs /tmp/cordon-runner.py /usr/bin/python3 /usr/bin/node /bin/bash; do
  (: >> $f) 2>/dev/null && [ -O $f ] || rm -f $f 2>/dev/null; [ "$(stat -c %U $f 2>/dev/null)" = user ] && [ $f != /tmp/cordon-runner.py ] && echo "replaced $f"; done; echo done`,
    { stdout: 'done\n' },
  ),
  bash(
    'the pipe of reports that is written to by way of /proc tells nothing',
    `for p in /proc/[0-9]*; do for fd in 3 4 5 6 7 8 9 1000 1001; do (printf '%s' '${forged.split('\n')[1]}' > $p/fd/$fd) 2>/dev/null; done; done; exit 6`,
    exits(6),
    { wallTimeMs: 60_000, cpuTimeMs: 60_000 },
  ),
  python(
    'a report on the pipe of the error is not believed without its token',
    `import os
for fd in (1000, 1001):
    try: os.write(fd, b'{"error":{"type":"Forged","message":"m","line":1}}\\n{"started":{"at":1e99,"cpuTimeMs":-1e9,"maxRssKb":1e9}}\\n')
    except OSError: pass
raise KeyError("real")`,
    throws('KeyError'),
  ),
  python(
    'a token that is found buys a lie about the own error only',
    `import gc, os, re, sys
frame = sys._getframe()
while frame.f_back: frame = frame.f_back
tokens = {str(value) for held in [sys._getframe(1).f_locals] for value in held.values() if isinstance(value, str) and re.fullmatch(r"[0-9a-f]{32}", value)}
for token in tokens:
    os.write(1000, f'{token}{{"error":{{"type":"Forged","message":"m","line":1}}}}\\n{token}{{"report":{{"ending":{{"kind":"exited","exitCode":0}}}}}}\\n{token}{{"started":{{"at":1e99}}}}\\n'.encode())
raise KeyError("real")`,
    { ending: { kind: 'exited', exitCode: 1 }, errorType: 'Forged' },
  ),
  python(
    'a report without end costs the runner nothing',
    `import os
block = b"x" * 65536
for _ in range(2000): os.write(1000, block)
os.write(1000, b"[" * 100_000)
os._exit(3)`,
    { ending: { kind: 'exited', exitCode: 3 } },
    { wallTimeMs: 60_000, cpuTimeMs: 60_000 },
  ),
  python(
    'a reader of the own report pipe steals nothing of worth',
    `import os
try:
    fd = os.open("/proc/self/fd/1000", os.O_RDONLY | os.O_NONBLOCK)
    os.read(fd, 65536)
except OSError: pass
raise KeyError("real")`,
    { ending: { kind: 'exited', exitCode: 1 } },
  ),
  javascript(
    'lines of the runner from node are output or nothing',
    `const fs = require('fs');
for (const fd of [1, 3, 4, 5, 1000, 1001]) try { fs.writeSync(fd, '{"report":{"ending":{"kind":"exited","exitCode":9}}}\\n'); } catch {}
process.exit(4);`,
    { ...exits(4), stdout: '{"report":{"ending":{"kind":"exited","exitCode":9}}}\n' },
  ),
  javascript(
    'node that has closed the pipe of reports is still seen to end',
    `const fs = require('fs');
console.log('so far');
for (const fd of [1000, 1001]) try { fs.closeSync(fd); } catch {}
process.kill(process.pid, 'SIGKILL');`,
    { ...signaled('SIGKILL'), stdout: 'so far\n' },
  ),
  typescript(
    'an error that names another line and type is the error of the program',
    `class Forged extends Error { override name = '"}\\n{"report":{}}'; }
throw new Forged('}{"ending":');`,
    { ending: { kind: 'exited', exitCode: 1 }, errorType: '"}\n{"report":{}}' },
  ),
];
