import { describe, expect, it } from '@jest/globals';
import { useSandbox } from './use-sandbox.ts';

const run = useSandbox();

describe('ends', () => {
  it('with code 13 and a warning when a module waits for ever', async () => {
    const { ending, stderr } = await run('await new Promise(() => {});');

    expect(ending).toEqual({ kind: 'exited', exitCode: 13 });
    expect(stderr).toContain('unsettled top-level await');
  });

  it('full, when memory is; peak memory tells how full', async () => {
    const { ending, error, usage } = await run(
      'const all = [];\nwhile (true) all.push(new Array(1e4).fill(0));',
      {},
      { memoryMiB: 64 },
    );

    expect(ending).toEqual({ kind: 'limited', limit: 'memoryMiB' });
    expect(error).toMatchObject({ type: 'RangeError', message: 'out of memory' });
    expect(usage.peakMemoryMiB).toBeGreaterThan(60);
    expect(usage.peakMemoryMiB).toBeLessThanOrEqual(64);
  });

  it('well, when a full memory is caught and let go', async () => {
    const { ending, stdout } = await run(
      "let all = []; try { while (true) all.push('x'.repeat(1e6)); } catch (e) { all = null; console.log(e.message); }",
      {},
      { memoryMiB: 64 },
    );

    expect(ending).toEqual({ kind: 'exited', exitCode: 0 });
    expect(stdout).toBe('out of memory\n');
  });

  it('with ENOSPC in the program when the disk is full, and room again after deleting', async () => {
    const { stdout } = await run(
      `const fs = require('fs'); fs.writeFileSync('a', 'x'.repeat(600_000));
try { fs.writeFileSync('b', 'y'.repeat(600_000)); } catch (e) { console.log(e.code, e.syscall, fs.readFileSync('b').length); }
fs.rmSync('a'); fs.writeFileSync('b', 'y'.repeat(600_000)); console.log(fs.statSync('b').size);`,
      {},
      { diskMiB: 1 },
    );

    expect(stdout).toBe('ENOSPC write 0\n600000\n');
  });
});
