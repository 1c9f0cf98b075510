import { expect, test } from '@jest/globals';
import type { RunnerJobInput } from '../../support/runner-job.ts';
import { describeOnRunners } from '../../support/runners.ts';

const exited = (exitCode: number) => ({ kind: 'exited', exitCode });
const signaled = (signal: string) => ({ kind: 'signaled', signal });

interface EndingCase {
  name: string;
  job: RunnerJobInput;
  stdout?: unknown;
  stderr?: unknown;
  ending: unknown;
  error?: unknown;
}

const python = (source: string): RunnerJobInput => ({ source });
const javascript = (source: string): RunnerJobInput => ({ language: 'javascript', source });
const bash = (source: string): RunnerJobInput => ({ language: 'bash', source });

const cases: EndingCase[] = [
  {
    name: 'Python that ends',
    job: python('print("hi", __name__)'),
    stdout: 'hi __main__\n',
    ending: exited(0),
  },
  { name: 'JavaScript that ends', job: javascript('console.log("hi")'), stdout: 'hi\n', ending: exited(0) },
  { name: 'bash that ends', job: bash('echo "hi $0"'), stdout: 'hi main.sh\n', ending: exited(0) },
  {
    name: 'sys.exit with a text',
    job: python('import sys\nsys.exit("bye")'),
    stderr: 'bye\n',
    ending: exited(1),
  },
  { name: 'sys.exit with a number', job: python('raise SystemExit(258)'), ending: exited(2) },
  { name: 'os._exit', job: python('import os\nos._exit(5)'), ending: exited(5) },
  {
    name: 'a traceback that knows only the program',
    job: python(
      'def f():\n  raise ValueError("bad")\n\ntry: f()\nexcept ValueError as e: raise KeyError(1) from e',
    ),
    stderr:
      'Traceback (most recent call last):\n  File "main.py", line 4, in <module>\n    try: f()\n         ^^^\n  File "main.py", line 2, in f\n    raise ValueError("bad")\nValueError: bad\n\nThe above exception was the direct cause of the following exception:\n\nTraceback (most recent call last):\n  File "main.py", line 5, in <module>\n    except ValueError as e: raise KeyError(1) from e\n                            ^^^^^^^^^^^^^^^^^^^^^^^^\nKeyError: 1\n',
    ending: exited(1),
    error: { type: 'KeyError', message: '1', line: 5 },
  },
  {
    name: 'Python that does not parse',
    job: python('print(1)\nx = = 2'),
    stdout: '',
    ending: exited(1),
    error: { type: 'SyntaxError', message: 'invalid syntax (main.py, line 2)', line: 2 },
  },
  {
    name: 'an error of a library',
    job: python('import json\n\njson.loads("{")'),
    ending: exited(1),
    error: { type: 'json.decoder.JSONDecodeError', message: expect.any(String), line: 3 },
  },
  {
    name: 'an interrupt that nobody catches',
    job: python('raise KeyboardInterrupt'),
    ending: signaled('SIGINT'),
    error: { type: 'KeyboardInterrupt', message: '', line: 1 },
  },
  {
    name: 'a hook that fails itself',
    job: python('import sys\nsys.excepthook = lambda *a: 1/0\nraise ValueError("v")'),
    stderr: expect.stringContaining('ValueError: v'),
    ending: exited(1),
    error: { type: 'ValueError', message: 'v', line: 3 },
  },
  {
    name: 'what is left to do at the end',
    job: python(
      'import atexit, threading, time\natexit.register(print, "atexit")\nclass A:\n  def __del__(self): print("del")\na = A()\nthreading.Thread(target=lambda: (time.sleep(0.05), print("thread"))).start()\nprint("main")',
    ),
    stdout: 'main\nthread\natexit\ndel\n',
    ending: exited(0),
  },
  {
    name: 'an uncaught error of JavaScript',
    job: javascript('function f() {\n  throw new RangeError("bad");\n}\nf();'),
    stderr: expect.stringMatching(
      /^\/home\/user\/main\.js:2\n[\s\S]*RangeError: bad\n {4}at f \(\/home\/user\/main\.js:2:9\)/,
    ),
    ending: exited(1),
    error: { type: 'RangeError', message: 'bad', line: 2 },
  },
  {
    name: 'JavaScript that does not parse',
    job: javascript('console.log(1);\nlet x = = 2;'),
    stdout: '',
    ending: exited(1),
    error: { type: 'SyntaxError', message: expect.any(String), line: 2 },
  },
  {
    name: 'a module that does not parse',
    job: javascript('import fs from "fs";\n\nlet x = = 2;'),
    ending: exited(1),
    error: { type: 'SyntaxError', message: expect.any(String), line: 3 },
  },
  {
    name: 'something thrown that is no error',
    job: javascript('throw { code: 5 };'),
    ending: exited(1),
    error: { type: 'Object', message: '{ code: 5 }', line: null },
  },
  {
    name: 'an error that its own handler takes',
    job: javascript(
      'process.on("uncaughtException", (e) => { console.log("took", e.message); process.exit(4); });\nthrow new Error("x");',
    ),
    stdout: 'took x\n',
    ending: exited(4),
    error: null,
  },
  {
    name: 'a rejection that nobody handles',
    job: javascript('\nPromise.reject(new TypeError("late"));'),
    ending: exited(1),
    error: { type: 'TypeError', message: 'late', line: 2 },
  },
  {
    name: 'a promise that never settles, at the top of a module',
    job: javascript('console.log("so far");\nawait new Promise(() => {});'),
    stdout: 'so far\n',
    ending: exited(13),
    error: null,
  },
  { name: 'bash that exits', job: bash('printf x; exit 3'), stdout: 'x', ending: exited(3), error: null },
  { name: 'bash without the command', job: bash('no-such-command'), ending: exited(127), error: null },
  {
    name: 'a signal from itself',
    job: python(
      'import os, signal\nprint("so far", flush=True)\nos.kill(os.getpid(), signal.SIGTERM)\nsignal.pause()',
    ),
    stdout: 'so far\n',
    ending: signaled('SIGTERM'),
    error: null,
  },
  { name: 'a crash', job: bash('kill -SEGV $$'), ending: signaled('SIGSEGV'), error: null },
  {
    name: 'a signal without a name',
    job: bash('kill -40 $$; sleep 9'),
    ending: signaled('SIGRTMIN+6'),
    error: null,
  },
];

describeOnRunners('how a program ends', (run) => {
  test.each(cases)('$name', async ({ job, stdout, stderr, ending, error }) => {
    const result = await run(job);

    expect(result).toMatchObject({ complaint: '', end: { exitCode: 0 }, report: { ending } });
    if (stdout !== undefined) expect(result.stdout).toEqual(stdout);
    if (stderr !== undefined) expect(result.stderr).toEqual(stderr);
    if (error !== undefined) expect(result.report.error).toEqual(error);
    expect(result.order[0]).toBe('started');
    expect(result.order.at(-1)).toBe('report');
  });
});
