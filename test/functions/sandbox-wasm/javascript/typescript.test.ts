import { describe, expect, it } from '@jest/globals';
import type { Program } from '../../../../shared/domain/program.ts';
import { textFile, useSandbox } from './use-sandbox.ts';

const run = useSandbox();

describe('TypeScript', () => {
  const typescript = (source: string, input: Partial<Program> = {}) =>
    run(source, { language: 'typescript', ...input });

  it('keeps lines where types are only taken away', async () => {
    const { error, stderr } = await typescript(
      'interface A {\n  a: number;\n}\nfunction f(x: A): never {\n  throw new RangeError("r" + x.a);\n}\nf({ a: 1 });',
    );

    expect(error).toEqual({ type: 'RangeError', message: 'r1', line: 5 });
    expect(stderr).toContain('main.ts:5\n  throw new RangeError("r" + x.a);');
  });

  it('keeps lines where code is rewritten', async () => {
    const { error, stderr } = await typescript(
      'enum A {\n  X,\n  Y,\n}\ninterface I {\n  a: number;\n}\nclass P {\n  constructor(private x: number) {}\n  go(): void {\n    throw new Error("p" + this.x);\n  }\n}\nnew P(A.Y).go();',
    );

    expect(error).toEqual({ type: 'Error', message: 'p1', line: 11 });
    expect(stderr).toContain('main.ts:11\n');
  });

  it('tells syntax errors with their line', async () => {
    const { ending, error } = await typescript('const a: number = 1;\nlet b: = 3;');

    expect(ending).toEqual({ kind: 'exited', exitCode: 1 });
    expect(error).toMatchObject({ type: 'SyntaxError', line: 2 });
  });

  it('minds only the files that are imported', async () => {
    const files = [textFile('broken.ts', 'let = :'), textFile('fine.ts', 'export const v: number = 3;')];

    const fine = await typescript("import { v } from './fine';\nconsole.log(v);", { files });
    const broken = await typescript("import './broken.ts';", { files });

    expect(fine.stdout).toBe('3\n');
    expect(broken.error).toMatchObject({ type: 'SyntaxError' });
  });

  it('finds the source of what is imported as JavaScript', async () => {
    const { stdout } = await typescript("import { v } from './lib/fine.js';\nconsole.log(v);", {
      files: [textFile('lib/fine.ts', 'export const v: number = 3;')],
    });

    expect(stdout).toBe('3\n');
  });

  it('warns of nothing', async () => {
    const { stderr } = await typescript('const a: number = 1;');

    expect(stderr).toBe('');
  });
});
