import { describe, expect, it } from '@jest/globals';
import type { ProgramError } from '../../../../shared/domain/sandbox-report.ts';
import { textFile, useSandbox } from './use-sandbox.ts';

const run = useSandbox();

describe('an uncaught exception is told as data', () => {
  const cases: [string, string, ProgramError][] = [
    [
      'of the engine',
      'let a;\na.b.c;',
      { type: 'TypeError', message: "cannot read property 'b' of undefined", line: 2 },
    ],
    ['of the program', '\n\nthrow new RangeError("no");', { type: 'RangeError', message: 'no', line: 3 }],
    [
      'of a class of its own',
      'class Odd extends Error {}\nthrow new Odd("x");',
      { type: 'Odd', message: 'x', line: 2 },
    ],
    [
      'with a name of its own',
      'throw Object.assign(new Error("x"), { name: "Named" });',
      { type: 'Named', message: 'x', line: 1 },
    ],
    [
      'of a built-in module, at the line that called it',
      "const fs = require('fs');\n\nfs.readFileSync('nope');",
      { type: 'Error', message: "ENOENT: no such file or directory, open 'nope'", line: 3 },
    ],
    ['that is text', 'throw "plain";', { type: 'string', message: 'plain', line: null }],
    ['that is an object', 'throw { code: 5 };', { type: 'Object', message: '{ code: 5 }', line: null }],
    ['that is nothing', 'throw undefined;', { type: 'undefined', message: 'undefined', line: null }],
    [
      'in a promise',
      'async function f() {\n  throw new TypeError("p");\n}\nf();',
      { type: 'TypeError', message: 'p', line: 2 },
    ],
    [
      'in a timer',
      'setTimeout(() => {\n  throw new TypeError("t");\n}, 1);',
      { type: 'TypeError', message: 't', line: 2 },
    ],
    [
      'in an ES module',
      'import "fs";\n\nthrow new TypeError("m");',
      { type: 'TypeError', message: 'm', line: 3 },
    ],
    [
      'of syntax',
      'let a = 1;\nlet b = ;',
      { type: 'SyntaxError', message: "unexpected token in expression: ';'", line: 2 },
    ],
    [
      'of syntax in an ES module',
      'import "fs";\nlet b = ;',
      { type: 'SyntaxError', message: "unexpected token in expression: ';'", line: 2 },
    ],
  ];

  it.each(cases)('%s', async (_name, source, expected) => {
    const { ending, error, stderr } = await run(source);

    expect(ending).toEqual({ kind: 'exited', exitCode: 1 });
    expect(error).toEqual(expected);
    expect(stderr).not.toContain('node:internal');
  });

  it('points at the line on stderr', async () => {
    const { stderr } = await run('const ok = 1;\n  missing(ok);');

    expect(stderr).toBe(
      'main.js:2\n  missing(ok);\n  ^\n\nReferenceError: missing is not defined\n    at Object.<anonymous> (main.js:2:3)\n',
    );
  });

  it('in another file, by the line of the main file that led there', async () => {
    const { error, stderr } = await run("const h = require('./h');\n\nh.go();", {
      files: [textFile('h.js', 'exports.go = () => {\n  throw new Error("deep");\n};')],
    });

    expect(error).toEqual({ type: 'Error', message: 'deep', line: 3 });
    expect(stderr).toContain('h.js:2\n  throw new Error("deep");');
  });
});
