import { expect } from '@jest/globals';
import { type ContractCase, exited, inBoth } from './contract-case.ts';

/** However a program ends by itself, the report says so. */
export const endingCases: ContractCase[] = [
  {
    name: 'an exit code is kept, and output without a line end',
    sources: {
      python: 'import sys\nprint("x", end="")\nsys.exit(3)',
      bash: 'printf x; exit 3',
      ...inBoth('process.stdout.write("x"); process.exit(3);'),
    },
    expected: { ending: exited(3), stdout: 'x', stderr: '', error: null },
  },
  {
    name: 'the last command decides how bash ends',
    sources: { bash: 'true\nfalse' },
    expected: { ending: exited(1), error: null },
  },
  {
    name: 'a command that is not there is 127',
    sources: { bash: 'no-such-command' },
    expected: { ending: exited(127), stderr: expect.stringContaining('no-such-command'), error: null },
  },
  {
    name: 'an uncaught error has type, message and line',
    sources: {
      python: 'def f():\n  raise ValueError("bad value")\n\nf()',
      ...inBoth('function f() {\n  throw new RangeError("bad value");\n}\nf();'),
    },
    expected: {
      ending: exited(1),
      stdout: '',
      stderr: expect.stringMatching(/(?:ValueError|RangeError): bad value/),
      error: { type: expect.stringMatching(/^(?:ValueError|RangeError)$/), message: 'bad value', line: 2 },
    },
  },
  {
    name: 'an error deep in the library has the line of the program',
    sources: {
      python: 'import json\n\njson.loads("{")',
      javascript: '\n\nJSON.parse("{");',
    },
    expected: {
      ending: exited(1),
      error: { type: expect.any(String), message: expect.any(String), line: 3 },
    },
  },
  {
    name: 'output before an error is kept',
    sources: { python: 'print("before")\n1 / 0', ...inBoth('console.log("before");\nnull.x;') },
    expected: { ending: exited(1), stdout: 'before\n', error: { line: 2 } },
  },
  {
    name: 'a rejection that nobody handles is an error',
    sources: inBoth('Promise.reject(new TypeError("late"));'),
    expected: { ending: exited(1), error: { type: 'TypeError', message: 'late', line: 1 } },
  },
  {
    name: 'an error class of the program has its own name',
    sources: {
      python: 'class Mine(Exception): pass\nraise Mine("m")',
      ...inBoth('class Mine extends Error { name = "Mine"; }\nthrow new Mine("m");'),
    },
    expected: { ending: exited(1), error: { type: 'Mine', message: 'm', line: 2 } },
  },
  {
    name: 'source that does not parse is a syntax error on its line',
    sources: {
      python: 'print(1)\nx = = 2',
      javascript: 'console.log(1);\nlet x = = 2;',
      typescript: 'console.log(1);\nlet x: number = = 2;',
    },
    expected: { ending: exited(1), stdout: '', error: { type: 'SyntaxError', line: 2 } },
  },
  {
    name: 'bash that does not parse is 2',
    sources: { bash: 'echo $((' },
    expected: {
      ending: expect.objectContaining({ kind: 'exited' }),
      stderr: expect.stringMatching(/.+/),
      error: null,
    },
  },
  {
    name: 'TypeScript has lines where code is rewritten',
    sources: {
      typescript:
        'enum A {\n  X,\n  Y,\n}\nclass P {\n  constructor(private x: number) {}\n  go(): void {\n    throw new Error("p" + this.x);\n  }\n}\nnew P(A.Y).go();',
    },
    expected: { ending: exited(1), error: { type: 'Error', message: 'p1', line: 8 } },
  },
  {
    name: 'a caught error is none',
    sources: {
      python: 'try: 1 / 0\nexcept ZeroDivisionError: print("caught")',
      ...inBoth('try { null.x; } catch { console.log("caught"); }'),
    },
    expected: { ending: exited(0), stdout: 'caught\n', error: null },
  },
  ...(['SIGKILL', 'SIGTERM', 'SIGSEGV'] as const).map(
    (signal): ContractCase => ({
      name: `${signal} from itself is how it ended`,
      needsProcesses: true,
      sources: {
        python: `import os, signal\nprint("so far", flush=True)\nos.kill(os.getpid(), signal.${signal})\nsignal.pause()`,
        bash: `echo "so far"; kill -${signal.slice(3)} $$; sleep 9`,
        javascript: `require("fs").writeSync(1, "so far\\n"); process.kill(process.pid, "${signal}"); setTimeout(() => {}, 9000);`,
      },
      expected: { ending: { kind: 'signaled', signal }, stdout: 'so far\n', error: null },
    }),
  ),
  {
    name: 'a process that it leaves behind does not keep it',
    needsProcesses: true,
    sources: {
      python: 'import subprocess\nsubprocess.Popen(["sleep", "600"], start_new_session=True)\nprint("done")',
      bash: 'sleep 600 &\nsetsid sleep 600 &\necho done',
    },
    expected: { ending: exited(0), stdout: 'done\n' },
  },
];
