import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { ProgramRunner } from '../../../../functions/sandbox-wasm/run-program.ts';
import type { Ending, ProgramError } from '../../../../shared/domain/sandbox-report.ts';
import { jobOf, startRunner } from '../../../support/wasm-sandboxes.ts';

let runner: ProgramRunner;

beforeAll(async () => {
  runner = await startRunner();
});

afterAll(() => runner.close());

const exited = (exitCode: number): Ending => ({ kind: 'exited', exitCode });

const endings: [name: string, source: string, ending: Ending, stdout: string, stderr: string][] = [
  ['the end of the source is 0', 'pass', exited(0), '', ''],
  ['sys.exit() is 0', 'import sys\nsys.exit()', exited(0), '', ''],
  [
    'sys.exit(3) is 3, and output without a newline is kept',
    'import sys\nprint("x", end="")\nsys.exit(3)',
    exited(3),
    'x',
    '',
  ],
  ['sys.exit with a text shows it and is 1', 'import sys\nsys.exit("bye")', exited(1), '', 'bye\n'],
  ['an exit code has eight bits', 'raise SystemExit(-1)', exited(255), '', ''],
  [
    'a SystemExit leaves asyncio',
    'import asyncio, sys\nasync def main(): sys.exit(4)\nasyncio.run(main())',
    exited(4),
    '',
    '',
  ],
  [
    'os._exit skips the buffers, as it does',
    'import os\nprint("lost", end="")\nos._exit(5)',
    exited(5),
    '',
    '',
  ],
  [
    'atexit runs before the buffers are flushed',
    'import atexit\natexit.register(print, "bye", end="")',
    exited(0),
    'bye',
    '',
  ],
  [
    'globals are finalized',
    'class D:\n  def __del__(self): print("del")\nd = D()\nprint("end")',
    exited(0),
    'end\ndel\n',
    '',
  ],
  [
    'an error in a finalizer is shown without our frames',
    'class D:\n  def __del__(self): 1 / 0\nd = D()',
    exited(0),
    '',
    `Exception ignored while calling deallocator <function D.__del__ at 0xADDRESS>:
Traceback (most recent call last):
  File "main.py", line 2, in __del__
    def __del__(self): 1 / 0
ZeroDivisionError: division by zero
`,
  ],
  [
    'an uncaught KeyboardInterrupt is the signal',
    'raise KeyboardInterrupt',
    { kind: 'signaled', signal: 'SIGINT' },
    '',
    `Traceback (most recent call last):
  File "main.py", line 1, in <module>
    raise KeyboardInterrupt
KeyboardInterrupt
`,
  ],
  [
    'an excepthook of the program is used',
    'import sys\nsys.excepthook = lambda t, e, b: print("hook", t.__name__)\n1 / 0',
    exited(1),
    'hook ZeroDivisionError\n',
    '',
  ],
  [
    'a warning shows its line',
    'import warnings\nwarnings.warn("careful")',
    exited(0),
    '',
    'main.py:2: UserWarning: careful\n  warnings.warn("careful")\n',
  ],
];

it.each(endings)('%s', async (_name, source, ending, stdout, stderr) => {
  const report = await runner.run(jobOf({ source }));

  expect(report.ending).toEqual(ending);
  expect(report.stdout).toBe(stdout);
  expect(report.stderr.replace(/0x[0-9a-f]+/, '0xADDRESS')).toBe(stderr);
});

const errors: [name: string, source: string, error: ProgramError][] = [
  ['a builtin', 'x = 1\n\n1 / 0', { type: 'ZeroDivisionError', message: 'division by zero', line: 3 }],
  ['a key', '{}["a"]', { type: 'KeyError', message: "'a'", line: 1 }],
  [
    'one of a module, at the line that called it',
    'import json\ndef load(): json.loads("{")\nload()',
    {
      type: 'json.decoder.JSONDecodeError',
      message: 'Expecting property name enclosed in double quotes: line 1 column 2 (char 1)',
      line: 2,
    },
  ],
  [
    'a class of the program',
    'class MyError(Exception): pass\nraise MyError("x", 1)',
    { type: 'MyError', message: "('x', 1)", line: 2 },
  ],
  [
    'a nested class of the program',
    'class A:\n  class B(Exception): pass\nraise A.B()',
    { type: 'A.B', message: '', line: 3 },
  ],
  [
    'the last of a chain',
    'try: 1 / 0\nexcept ZeroDivisionError as e:\n  raise ValueError("bad") from e',
    { type: 'ValueError', message: 'bad', line: 3 },
  ],
  [
    'a group',
    'raise ExceptionGroup("many", [ValueError(1), TypeError(2)])',
    { type: 'ExceptionGroup', message: 'many (2 sub-exceptions)', line: 1 },
  ],
  [
    'one in a task group',
    'import asyncio\nasync def f(): raise ValueError("t")\nasync def main():\n  async with asyncio.TaskGroup() as g: g.create_task(f())\nasyncio.run(main())',
    { type: 'ExceptionGroup', message: 'unhandled errors in a TaskGroup (1 sub-exception)', line: 4 },
  ],
  [
    'one whose text can not be had',
    'class E(Exception):\n  def __str__(self): raise RuntimeError\nraise E',
    { type: 'E', message: '<exception str() failed>', line: 3 },
  ],
  [
    'a syntax error',
    'print(1)\nx = = 2',
    { type: 'SyntaxError', message: 'invalid syntax (main.py, line 2)', line: 2 },
  ],
  [
    'an indentation error',
    'def f():\nprint(1)',
    {
      type: 'IndentationError',
      message: 'expected an indented block after function definition on line 1 (main.py, line 2)',
      line: 2,
    },
  ],
  [
    'a syntax error in text that is evaluated, at the line that did it',
    '\neval("1 +")',
    { type: 'SyntaxError', message: 'invalid syntax (<string>, line 1)', line: 2 },
  ],
  [
    'a recursion error',
    'def f(): f()\nf()',
    { type: 'RecursionError', message: 'maximum recursion depth exceeded', line: 1 },
  ],
  [
    'a NUL in the source',
    'x = "\0"',
    { type: 'SyntaxError', message: 'source code string cannot contain null bytes', line: null },
  ],
  [
    'a lone surrogate',
    'print("\\ud800")',
    {
      type: 'UnicodeEncodeError',
      message: "'utf-8' codec can't encode character '\\ud800' in position 0: surrogates not allowed",
      line: 1,
    },
  ],
  [
    'a missing package',
    'import pandas',
    {
      type: 'ModuleNotFoundError',
      message:
        "No module named 'pandas' (the wasm backend has Python's standard library and the program's own files only)",
      line: 1,
    },
  ],
];

it.each(errors)('reports the uncaught exception: %s', async (_name, source, error) => {
  const report = await runner.run(jobOf({ source }));

  expect(report.ending).toEqual(exited(1));
  expect(report.error).toEqual(error);
});

it('shows a traceback as CPython prints it', async () => {
  const source =
    'def half(n):\n    return n / 0\n\ntry:\n    half(1)\nexcept ZeroDivisionError:\n    raise ValueError("é")\n';

  const report = await runner.run(jobOf({ source }));

  expect(report.stderr).toBe(`Traceback (most recent call last):
  File "main.py", line 5, in <module>
    half(1)
    ~~~~^^^
  File "main.py", line 2, in half
    return n / 0
           ~~^~~
ZeroDivisionError: division by zero

During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File "main.py", line 7, in <module>
    raise ValueError("é")
ValueError: é
`);
});

it('hides our frames in the traceback of what we replaced', async () => {
  const report = await runner.run(jobOf({ source: 'import time\ntime.sleep(-1)' }));

  expect(report.stderr).toBe(`Traceback (most recent call last):
  File "main.py", line 2, in <module>
    time.sleep(-1)
    ~~~~~~~~~~^^^^
ValueError: sleep length must be non-negative
`);
});

it('keeps what a killed program printed line by line', async () => {
  const source = 'import sys\nprint("out")\nprint("err", file=sys.stderr)\nwhile True: pass';

  const report = await runner.run(jobOf({ source }, { limits: { wallTimeMs: 300 } }));

  expect(report).toMatchObject({
    ending: { kind: 'limited', limit: 'wallTimeMs' },
    stdout: 'out\n',
    stderr: 'err\n',
  });
  expect(report.usage.wallTimeMs).toBeGreaterThanOrEqual(300);
  expect(report.usage.wallTimeMs).toBeLessThan(10_000);
});
