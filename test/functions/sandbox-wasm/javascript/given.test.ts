import { describe, expect, it } from '@jest/globals';
import { useSandbox } from './use-sandbox.ts';

const run = useSandbox();

describe('what a program is given', () => {
  it('is its context, as data', async () => {
    const context = { n: 21, list: [1, null, 'ü'], ['__proto__']: { polluted: true } };

    const { stdout } = await run(
      'console.log(context.n * 2, context.list, Object.keys(context).length, {}.polluted);',
      { context },
    );

    expect(stdout).toBe("42 [ 1, null, 'ü' ] 3 undefined\n");
  });

  it('is no context when there is none, and null when it is null', async () => {
    const without = await run("console.log(typeof context, 'context' in globalThis);");
    const withNull = await run('console.log(context);', { context: null });

    expect([without.stdout, withNull.stdout]).toEqual(['undefined false\n', 'null\n']);
  });

  it('is exactly its environment and its arguments', async () => {
    const { stdout } = await run('console.log(process.env, process.argv);', {
      env: { A: '1', B: '' },
      args: ['a', '--b'],
    });

    expect(stdout).toBe("{ A: '1', B: '' } [ 'node', 'main.js', 'a', '--b' ]\n");
  });

  it('is its files, bytes too', async () => {
    const { stdout } = await run("console.log(require('fs').readFileSync('in/data.bin'));", {
      files: [{ path: 'in/data.bin', content: 'AP+A', encoding: 'base64' }],
    });

    expect(stdout).toBe('<Buffer 00 ff 80>\n');
  });

  it('is a world in UTC, of a system that says what it is', async () => {
    const { stdout } = await run(
      'console.log(new Date(0).getTimezoneOffset(), process.platform, process.version, process.cwd());',
    );

    expect(stdout).toBe('0 linux v24.0.0-quickjs /home/user\n');
  });

  it('has other random numbers in every run', async () => {
    const source = 'console.log(Math.random(), crypto.randomUUID());';

    const runs = await Promise.all([run(source), run(source), run(source)]);

    expect(new Set(runs.map(({ stdout }) => stdout.split(' ')[0])).size).toBe(3);
    expect(new Set(runs.map(({ stdout }) => stdout.split(' ')[1])).size).toBe(3);
  });

  it('has nothing of the program before it', async () => {
    await run(
      "globalThis.left = 1; Array.prototype.left = 1; require('fs').writeFileSync('left', 'x'.repeat(1e6));",
    );

    const { stdout } = await run("console.log(typeof left, [].left, require('fs').readdirSync('.'));");

    expect(stdout).toBe("undefined undefined [ 'main.js' ]\n");
  });
});
