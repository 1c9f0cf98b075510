import { expect, test } from '@jest/globals';
import type { RunnerJobInput } from '../../support/runner-job.ts';
import { describeOnRunners } from '../../support/runners.ts';

const exited = (exitCode: number) => ({ kind: 'exited', exitCode });
const bash = (source: string): RunnerJobInput => ({ language: 'bash', source });

interface HostileCase {
  name: string;
  job: RunnerJobInput;
  ending: unknown;
  stdout?: unknown;
}

const cases: HostileCase[] = [
  {
    name: 'kills everything it may',
    job: bash('sleep 600 & kill -9 -1; wait; echo "alone"'),
    ending: exited(0),
    stdout: 'alone\n',
  },
  {
    name: 'kills process 1 and the runner',
    job: {
      source:
        'import os\nfor pid in (1, os.getppid()):\n  try: os.kill(pid, 9)\n  except PermissionError: print("refused")',
    },
    ending: exited(0),
    stdout: 'refused\nrefused\n',
  },
  {
    name: 'closes every descriptor and waits',
    job: {
      source:
        'import os, time\nprint("so far", flush=True)\nos.closerange(0, 65536)\ntime.sleep(0.3)\nos._exit(7)',
    },
    ending: exited(7),
    stdout: 'so far\n',
  },
  {
    name: 'writes garbage to every descriptor',
    job: {
      source:
        'import os\nfor _ in range(50):\n  for fd in range(3, 1100):\n    try: os.write(fd, b"{\\"error\\": {\\"type\\": 1}}\\n\\xff{}[" * 100)\n    except OSError: pass\nprint("done")\nraise ValueError("real")',
    },
    ending: exited(1),
    stdout: 'done\n',
  },
  {
    name: 'prints reports',
    job: bash(`echo '{"started":true}'; echo '{"report":{"ending":{"kind":"exited","exitCode":9}}}'`),
    ending: exited(0),
    stdout: '{"started":true}\n{"report":{"ending":{"kind":"exited","exitCode":9}}}\n',
  },
  {
    name: 'forks a bomb',
    job: {
      ...bash('f() { f | f & }; f 2>/dev/null; wait; sleep 60'),
      limits: { wallTimeMs: 1500, processes: 40 },
    },
    ending: { kind: 'limited', limit: expect.stringMatching(/^(wallTimeMs|cpuTimeMs)$/) },
  },
  {
    name: 'forks away from its parent, for ever',
    job: {
      source:
        'import os, signal\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\nprint("so far", flush=True)\nif os.fork() == 0:\n  while True:\n    try:\n      if os.fork(): os._exit(0)\n      os.setsid()\n    except OSError: pass\nimport time\ntime.sleep(0.3)',
    },
    ending: exited(0),
    stdout: 'so far\n',
  },
  {
    name: 'leaves processes behind that hold its output',
    job: bash('setsid sleep 600 & (trap "" TERM HUP; sleep 600) & nohup sleep 600 & echo done'),
    ending: exited(0),
    stdout: 'done\n',
  },
  {
    name: 'stops itself',
    job: { ...bash('echo "so far"; kill -STOP $$'), limits: { wallTimeMs: 500 } },
    ending: { kind: 'limited', limit: 'wallTimeMs' },
    stdout: 'so far\n',
  },
  {
    name: 'makes itself unreadable and hides',
    job: {
      source:
        'import ctypes, os\nif os.fork() == 0:\n  ctypes.CDLL(None).prctl(4, 0, 0, 0, 0)\n  os.setsid()\n  while True: pass\nimport time\ntime.sleep(60)',
      limits: { cpuTimeMs: 300, wallTimeMs: 10_000 },
    },
    ending: { kind: 'limited', limit: 'cpuTimeMs' },
  },
  {
    name: 'looks for the job and its runner',
    job: {
      source:
        'import os\nfor path in ("/run/cordon", "/run/cordon/job.json", "/run/cordon/disk", "/proc/1/mem", f"/proc/{os.getppid()}/mem"):\n  try: os.open(path, os.O_RDONLY); print("opened", path)\n  except OSError as e: print(type(e).__name__)',
    },
    ending: exited(0),
    stdout: 'PermissionError\n'.repeat(5),
  },
  {
    name: 'breaks what the end of Python needs',
    job: {
      source:
        'import atexit, builtins, gc, json, os, sys, threading\nprint("so far")\nfor module in (atexit, gc, json, threading):\n  for name in list(vars(module)):\n    if not name.startswith("__"): setattr(module, name, None)\nos.write = None\nsys.stdout = sys.stderr = None\nsys.modules.clear()\nvars(builtins).clear()',
    },
    ending: expect.objectContaining({ kind: 'exited' }),
    stdout: 'so far\n',
  },
  {
    name: 'breaks what the end of node needs',
    job: {
      language: 'javascript',
      source:
        'console.log("so far");\nJSON.stringify = () => { throw 1; };\nError.prototype.name = Symbol();\nObject.defineProperty(Error.prototype, "stack", { get() { throw 2; } });\nrequire("fs").writeSync = null;\nprocess.exitCode = 3;\nthrow new Proxy({}, { get() { throw 3; }, getPrototypeOf() { throw 4; } });',
    },
    ending: expect.objectContaining({ kind: 'exited' }),
    stdout: 'so far\n',
  },
];

describeOnRunners('a program that', (run) => {
  test.each(cases)('$name', async ({ job, ending, stdout }) => {
    const result = await run(job);

    expect(result).toMatchObject({ complaint: '', end: { exitCode: 0 } });
    expect(result.report.ending).toEqual(ending);
    if (stdout !== undefined) expect(result.stdout).toEqual(stdout);
  });

  test('writes garbage before its error is still believed about the error', async () => {
    const { report } = await run({
      source:
        'import os\nfor fd in range(900, 1100):\n  try: os.write(fd, os.urandom(200_000))\n  except OSError: pass\nraise ValueError("real")',
    });

    expect(report.error).toEqual({ type: 'ValueError', message: 'real', line: 5 });
  });
});
