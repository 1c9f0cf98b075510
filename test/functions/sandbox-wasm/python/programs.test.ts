import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ProgramRunner } from '../../../../functions/sandbox-wasm/run-program.ts';
import type { Program } from '../../../../shared/domain/program.ts';
import { jobOf, startRunner } from '../../../support/wasm-sandboxes.ts';

let runner: ProgramRunner;

beforeAll(async () => {
  runner = await startRunner();
});

afterAll(() => runner.close());

async function printed(program: Partial<Program> & Pick<Program, 'source'>): Promise<string> {
  const { ending, stdout, stderr } = await runner.run(jobOf(program));
  expect({ ending, stderr }).toEqual({ ending: { kind: 'exited', exitCode: 0 }, stderr: '' });
  return stdout;
}

describe('what a program is given', () => {
  it('binds the context', async () => {
    const source = 'print(context["n"] * 2, context["list"], context["none"])';
    expect(await printed({ source, context: { n: 21, list: ['é', 1.5, true], none: null } })).toBe(
      "42 ['é', 1.5, True] None\n",
    );
  });

  it.each([[null], [0], [''], [false], [[]]])(
    'binds the context %j, which is not the lack of one',
    async (context) => {
      expect(await printed({ source: 'print("context" in globals(), not context)', context })).toBe(
        'True True\n',
      );
    },
  );

  it('defines no context when there is none', async () => {
    expect(await printed({ source: 'print("context" in globals())' })).toBe('False\n');
  });

  it('reads stdin by input and sys.stdin', async () => {
    const source = 'import sys\nprint(input(), input("? "), sys.stdin.read())';
    expect(await printed({ source, stdin: 'one\ntwo\nthree\nfour é' })).toBe('? one two three\nfour é\n');
  });

  it('passes the arguments', async () => {
    expect(await printed({ source: 'import sys\nprint(sys.argv)', args: ['a b', 'é', ''] })).toBe(
      "['main.py', 'a b', 'é', '']\n",
    );
  });

  it('sets exactly the environment', async () => {
    const source = 'import os\nprint(dict(os.environ), os.getenv("HOME"))';
    expect(await printed({ source, env: { KEY: 'välue', PATH: 'mine' } })).toBe(
      "{'KEY': 'välue', 'PATH': 'mine'} None\n",
    );
  });

  it('places files in the working folder, in subfolders too', async () => {
    const source = `
import helper, pathlib, pack.tool
print(helper.NAME, pathlib.Path("data/in.bin").read_bytes(), pack.tool.double(4), pathlib.Path.cwd())`;
    const files: Program['files'] = [
      { path: 'helper.py', content: 'NAME = "helper"', encoding: 'utf8' },
      { path: 'data/in.bin', content: '/wD+', encoding: 'base64' },
      { path: 'pack/__init__.py', content: '', encoding: 'utf8' },
      { path: 'pack/tool.py', content: 'def double(n): return n * 2', encoding: 'utf8' },
    ];
    expect(await printed({ source, files })).toBe("helper b'\\xff\\x00\\xfe' 8 /home/user\n");
  });

  it.each(['../up.txt', '/etc/passwd', 'a/../../b', 'a//b', './a', ''])(
    'refuses to place %j',
    async (path) => {
      const report = await runner.run(
        jobOf({ source: 'print(1)', files: [{ path, content: '', encoding: 'utf8' }] }),
      );

      expect(report).toMatchObject({
        ending: { kind: 'exited', exitCode: 1 },
        error: { type: 'OSError', line: null },
      });
      expect(report.stdout).toBe('');
    },
  );

  it('ends a program whose files fill its disk like one that filled it itself', async () => {
    const files: Program['files'] = [{ path: 'big', content: 'x'.repeat(1_100_000), encoding: 'utf8' }];

    const report = await runner.run(jobOf({ source: 'print(1)', files }, { limits: { diskMiB: 1 } }));

    expect(report.error).toMatchObject({
      type: 'OSError',
      message: expect.stringContaining('No space left'),
    });
  });
});

describe('what a program finds', () => {
  const cases: [name: string, source: string, stdout: string | RegExp][] = [
    [
      'is the main module',
      'import __main__\nprint(__name__, __file__, __main__.__file__)',
      '__main__ /home/user/main.py /home/user/main.py\n',
    ],
    [
      'has nothing in its namespace but Python’s own names',
      'print(sorted(globals()))',
      "['__builtins__', '__doc__', '__file__', '__loader__', '__name__', '__package__', '__spec__']\n",
    ],
    [
      'has no frame below it',
      'import sys, traceback\nprint(sys._getframe().f_back, len(traceback.extract_stack()))',
      'None 1\n',
    ],
    [
      'pickles its own classes',
      'import pickle\nclass A: pass\nprint(type(pickle.loads(pickle.dumps(A()))) is A)',
      'True\n',
    ],
    [
      'lives in UTC',
      'import time, datetime\nprint(time.tzname, time.localtime(0).tm_hour, datetime.datetime.now().astimezone().utcoffset())',
      "('UTC', 'UTC') 0 0:00:00\n",
    ],
    [
      'keeps files while it runs',
      'import os, shutil\nos.makedirs("a/b")\nopen("a/b/c", "w").write("é")\nprint(list(os.walk("a")), os.path.getsize("a/b/c"))\nshutil.rmtree("a")\nprint(os.listdir())',
      "[('a', ['b'], []), ('a/b', [], ['c'])] 2\n['main.py']\n",
    ],
    [
      'renames, links and appends',
      'import os\nopen("a", "w").write("1")\nos.replace("a", "b")\nopen("b", "a").write("2")\nos.symlink("b", "l")\nprint(open("l").read(), os.readlink("l"), os.path.exists("a"))',
      '12 b False\n',
    ],
    [
      'has temporary files',
      'import tempfile\nwith tempfile.TemporaryFile("w+") as f:\n  f.write("t"); f.seek(0); print(f.read(), tempfile.gettempdir())',
      't /tmp\n',
    ],
    [
      'has pipes',
      'import os\nr, w = os.pipe()\nos.write(w, b"hi")\nos.close(w)\nprint(os.read(r, 9), os.read(r, 9))',
      "b'hi' b''\n",
    ],
    [
      'has a database',
      'import sqlite3\nc = sqlite3.connect("d.db")\nc.execute("create table t(a)")\nc.execute("insert into t values (7)")\nc.commit()\nprint(sqlite3.connect("d.db").execute("select a from t").fetchall())',
      '[(7,)]\n',
    ],
    [
      'describes C data',
      'import ctypes\nclass P(ctypes.Structure): _fields_ = [("x", ctypes.c_int16), ("y", ctypes.c_int32)]\nprint(ctypes.sizeof(P), bytes(P(1, 2)))',
      "8 b'\\x01\\x00\\x00\\x00\\x02\\x00\\x00\\x00'\n",
    ],
    [
      'locks without threads',
      'import threading, queue\nlock = threading.Lock()\nwith lock: print(lock.locked())\nq = queue.Queue(); q.put(1); print(q.get())',
      'True\n1\n',
    ],
    [
      'handles signals that it raises',
      'import signal\nsignal.signal(signal.SIGTERM, lambda s, f: print("got", s))\nsignal.raise_signal(signal.SIGTERM)',
      'got 15\n',
    ],
    [
      'knows that optional packages are missing',
      'import importlib.util\ntry: import numpy\nexcept ImportError as e: print(type(e).__name__, e.name, importlib.util.find_spec("numpy"))',
      'ModuleNotFoundError numpy None\n',
    ],
  ];

  it.each(cases)('%s', async (_name, source, stdout) => {
    expect(await printed({ source })).toBe(stdout);
  });

  it('imports the standard library', async () => {
    const modules = `zoneinfo decimal datetime statistics dataclasses re json csv itertools heapq typing enum textwrap
      hashlib base64 uuid random string unicodedata fractions asyncio socket ssl ctypes sqlite3 threading subprocess
      multiprocessing urllib.request http.client email xml.etree.ElementTree unittest zipfile tarfile gzip bz2 lzma
      configparser logging.handlers tomllib concurrent.futures contextlib difflib pprint secrets doctest pdb`;
    expect(await printed({ source: `import ${modules.trim().split(/\s+/).join(', ')}\nprint("all")` })).toBe(
      'all\n',
    );
  });

  it('is random anew in every run', async () => {
    const source = `
import os, random, secrets, tempfile, uuid
print(random.random(), random.Random().random(), secrets.token_hex(), uuid.uuid4(), uuid.uuid1(), os.urandom(8), tempfile.mkdtemp())`;
    const [first, second] = [await printed({ source }), await printed({ source })];
    const repeated = first.split(' ').filter((word) => second.split(' ').includes(word));
    expect(repeated).toEqual([]);
  });
});

describe('asyncio', () => {
  it('runs tasks, timeouts, queues and groups', async () => {
    const source = `
import asyncio
async def work(n):
    await asyncio.sleep(0.01 * n)
    return n
async def main():
    print(await asyncio.gather(*(work(n) for n in (3, 1, 2))))
    try:
        async with asyncio.timeout(0.01): await asyncio.sleep(9)
    except TimeoutError: print("timeout")
    queue = asyncio.Queue()
    async with asyncio.TaskGroup() as group:
        group.create_task(queue.put("queued"))
        group.create_task(work(1))
    print(await queue.get(), await asyncio.to_thread(sum, [1, 2]))
    try: await asyncio.wait_for(work(50), 0.01)
    except asyncio.TimeoutError: print("again")
asyncio.run(main())`;
    expect(await printed({ source })).toBe('[3, 1, 2]\ntimeout\nqueued 3\nagain\n');
  });

  it('works with loops made by hand', async () => {
    const source = `
import asyncio
async def main(): return asyncio.get_running_loop() is loop
loop = asyncio.new_event_loop()
print(loop.run_until_complete(main()))
loop.close()
with asyncio.Runner() as runner: print(runner.run(asyncio.sleep(0, "ran")))`;
    expect(await printed({ source })).toBe('True\nran\n');
  });
});

it('sleeps on the wall clock without using the CPU', async () => {
  const report = await runner.run(jobOf({ source: 'import time\ntime.sleep(0.3)' }));

  expect(report.usage.wallTimeMs).toBeGreaterThanOrEqual(300);
  expect(report.usage.cpuTimeMs).toBeLessThan(200);
});

it('measures what a program used', async () => {
  const report = await runner.run(jobOf({ source: 'x = bytearray(50_000_000)\nprint("é" * 4)' }));

  expect(report.usage.peakMemoryMiB).toBeGreaterThan(75);
  expect(report.usage.peakMemoryMiB).toBeLessThan(110);
  expect(report.usage.outputBytes).toBe(9);
  expect(report.usage.wallTimeMs).toBeGreaterThan(0);
});
