import { afterAll, describe, expect, it } from '@jest/globals';
import { createTypescriptCompiler } from '../../../shared/sandboxes/typescript/typescript-compiler.ts';

const compiler = createTypescriptCompiler();
afterAll(() => compiler.close());

const nestedTooDeeply = `${'('.repeat(200_000)}1${')'.repeat(200_000)}`;

describe('the TypeScript compiler', () => {
  it('keeps every position where types are only taken away', async () => {
    expect(await compiler.strip('const a: number = 1;\nlet b = a as any;')).toEqual({
      isValid: true,
      code: 'const a         = 1;\nlet b = a       ;',
      lines: null,
    });
  });

  it('tells the original line of every line that is rewritten', async () => {
    const stripped = await compiler.strip('enum A {\n  X,\n}\n\nthrow new Error(String(A.X));');

    if (stripped?.isValid !== true || stripped.lines === null) throw new Error('not rewritten');
    const thrown = stripped.code.split('\n').findIndex((line) => line.startsWith('throw'));
    expect(stripped.lines[thrown]).toBe(5);
  });

  it('tells the line of a syntax error', async () => {
    expect(await compiler.strip('const a: number = 1;\nlet b: = 3;')).toMatchObject({
      isValid: false,
      line: 2,
    });
  });

  it('gives up on source that breaks the compiler, and compiles the next one', async () => {
    expect(await compiler.strip(nestedTooDeeply)).toBeNull();

    expect(await compiler.strip('let a: 1;')).toMatchObject({ isValid: true });
  });

  it('answers each of many at the same time', async () => {
    const sources = Array.from({ length: 20 }, (_, index) => `let a: ${index} = ${index};`);

    const answers = await Promise.all(sources.map((source) => compiler.strip(source)));

    expect(answers.map((answer) => (answer?.isValid === true ? answer.code.trim() : null))).toEqual(
      sources.map((_, index) => expect.stringContaining(`= ${index};`)),
    );
  });
});
