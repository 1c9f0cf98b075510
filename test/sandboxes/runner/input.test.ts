import { expect, test } from '@jest/globals';
import type { RunnerJobInput } from '../../support/runner-job.ts';
import { describeOnRunners } from '../../support/runners.ts';

const file = (path: string, content: string, encoding: 'utf8' | 'base64' = 'utf8') => ({
  path,
  content,
  encoding,
});

interface InputCase {
  name: string;
  job: RunnerJobInput;
  stdout: unknown;
}

const cases: InputCase[] = [
  {
    name: 'Python: argv, environment, folder, user',
    job: {
      source:
        'import os, sys\nprint(sys.argv, os.environ["A"], os.getcwd(), os.getuid(), os.getgid(), os.getgroups(), sys.path[0], __file__)',
      args: ['a b', '$HOME', 'ü'],
      env: { A: 'ça va' },
    },
    stdout: "['main.py', 'a b', '$HOME', 'ü'] ça va /home/user 1000 1000 [] /home/user /home/user/main.py\n",
  },
  {
    name: 'Python: nothing of ours in its modules, environment or descriptors',
    job: {
      source:
        'import os, sys\nprint([n for n in sys.modules if "cordon" in n or n in ("agent", "channel", "files", "run_program")])\nprint(sorted(os.environ))\nprint([n for n in os.listdir("/proc/self/fd") if 2 < int(n) < 900 and os.path.exists(f"/proc/self/fd/{n}")])\nprint(sorted(globals()))',
      context: 1,
    },
    stdout: expect.stringMatching(
      /^\[\]\n\['HOME', 'LANG', 'LOGNAME',( 'MPLCONFIGDIR',)? 'PATH', 'SHELL', 'USER'\]\n\[\]\n\['__builtins__', '__cached__', '__doc__', '__file__', '__loader__', '__name__', '__package__', '__spec__', 'context', 'os', 'sys'\]\n$/,
    ),
  },
  {
    name: 'Python: the context, in the words of Python',
    job: { source: 'print(context)', context: { n: 1.5, list: [true, null], text: 'ü"\n' } },
    stdout: `{'n': 1.5, 'list': [True, None], 'text': 'ü"\\n'}\n`,
  },
  {
    name: 'Python: no context, no name',
    job: { source: 'print("context" in globals())' },
    stdout: 'False\n',
  },
  {
    name: 'Python: its own module comes before one of the same name that was loaded ahead',
    job: {
      source: 'import random, subprocess\nprint(random.mine, hasattr(subprocess, "run"))',
      files: [file('random.py', 'mine = True')],
    },
    stdout: 'True True\n',
  },
  {
    name: 'Python: pickles, data classes and processes know its classes',
    job: {
      source:
        'import pickle, dataclasses, multiprocessing\n@dataclasses.dataclass\nclass A:\n  n: int\ndef double(a): return A(a.n * 2)\nif __name__ == "__main__":\n  print(pickle.loads(pickle.dumps(A(1))))\n  with multiprocessing.Pool(2) as pool: print(pool.map(double, [A(1), A(2)]))\n  with multiprocessing.get_context("spawn").Pool(1) as pool: print(pool.map(double, [A(3)]))',
    },
    stdout: 'A(n=1)\n[A(n=2), A(n=4)]\n[A(n=6)]\n',
  },
  {
    name: 'Python: /proc/self and the standard streams are its own',
    job: {
      source:
        'import os\nprint(os.stat("/proc/self").st_uid, open("/proc/self/environ").read().count("job"))',
    },
    stdout: '1000 0\n',
  },
  {
    name: 'JavaScript: argv, environment, folder, user',
    job: {
      language: 'javascript',
      source:
        'console.log(JSON.stringify([process.argv.slice(1), process.execArgv, process.env.A, process.cwd(), process.getuid(), require.main === module, __filename]))',
      args: ['a b', '$HOME', 'ü'],
      env: { A: 'ça va' },
    },
    stdout:
      '[["/home/user/main.js","a b","$HOME","ü"],[],"ça va","/home/user",1000,true,"/home/user/main.js"]\n',
  },
  {
    name: 'JavaScript: nothing of ours in its modules, globals or environment',
    job: {
      language: 'javascript',
      source:
        'console.log(Object.keys(require.cache), Object.keys(process.env).sort().join(), Object.keys(globalThis).includes("job"), module.parent)',
    },
    stdout: expect.stringMatching(
      /^\[ '\/home\/user\/main\.js' \] HOME,LANG,LOGNAME,(MPLCONFIGDIR,)?PATH,SHELL,USER false (null|undefined)\n$/,
    ),
  },
  {
    name: 'JavaScript: the context is a global',
    job: {
      language: 'javascript',
      source: 'console.log(JSON.stringify(context), context === globalThis.context)',
      context: [null],
    },
    stdout: '[null] true\n',
  },
  {
    name: 'JavaScript: a module by its syntax',
    job: {
      language: 'javascript',
      source:
        'import { twice } from "./twice.mjs";\nconsole.log(await Promise.resolve(twice(21)), typeof require, import.meta.url);',
      files: [file('twice.mjs', 'export const twice = (n) => n * 2;')],
    },
    stdout: '42 undefined file:///home/user/main.mjs\n',
  },
  {
    name: 'JavaScript: a module by its package',
    job: {
      language: 'javascript',
      source: 'console.log(typeof require, import.meta.url);',
      files: [file('package.json', '{"type":"module"}')],
    },
    stdout: 'undefined file:///home/user/main.js\n',
  },
  {
    name: 'JavaScript: ticks, promises, immediates and timers in the order of node',
    job: {
      language: 'javascript',
      source:
        'setImmediate(() => console.log("immediate")); setTimeout(() => console.log("timer"), 1000); Promise.resolve().then(() => console.log("promise")); process.nextTick(() => console.log("tick")); console.log("main");',
    },
    stdout: 'main\ntick\npromise\nimmediate\ntimer\n',
  },
  {
    name: 'bash: arguments, environment, folder',
    job: {
      language: 'bash',
      source: 'IFS="|"; echo "$0|$*|$A|$PWD|$(id -u)"',
      args: ['a b', '*'],
      env: { A: 'ü' },
    },
    stdout: 'main.sh|a b|*|ü|/home/user|1000\n',
  },
  ...(['python', 'javascript', 'bash'] as const).map((language) => ({
    name: `${language}: stdin to its end, more than a pipe holds`,
    job: {
      language,
      source: {
        python: 'import sys\nprint(len(sys.stdin.read()))',
        javascript: 'console.log(require("fs").readFileSync(0, "utf8").length)',
        bash: 'wc -c',
      }[language],
      stdin: 'x'.repeat(300_000),
    },
    stdout: '300000\n',
  })),
  {
    name: 'stdin that is never read',
    job: { source: 'print("done")', stdin: 'x'.repeat(300_000) },
    stdout: 'done\n',
  },
  {
    name: 'files, in folders, with any bytes, owned by the program',
    job: {
      language: 'bash',
      source:
        'cat in/a.txt; od -An -tx1 in/deep/b.bin; stat -c "%U %a" in/deep/b.bin 2>/dev/null | cut -d" " -f2; echo more >> in/a.txt && tail -1 in/a.txt',
      files: [file('in/a.txt', 'grün\n'), file('in/deep/b.bin', 'AP+A', 'base64')],
    },
    stdout: 'grün\n 00 ff 80\n644\nmore\n',
  },
];

describeOnRunners('what a program is given', (run) => {
  test.each(cases)('$name', async ({ job, stdout }) => {
    const result = await run(job);

    expect(result).toMatchObject({ stdout, stderr: '', complaint: '' });
    expect(result.report.ending).toEqual({ kind: 'exited', exitCode: 0 });
  });

  test.each(['/etc/x', '../x', 'a/../b', 'a//b', ''])('the path "%s" is refused', async (path) => {
    const result = await run({ source: 'print("runs")', files: [file(path, 'x')] });

    expect(result.stdout).toBe('');
    expect(result.report).toMatchObject({
      ending: { kind: 'exited', exitCode: 1 },
      error: { type: 'OSError', message: expect.stringContaining("can't be placed"), line: null },
    });
  });
});
