import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { RunAborted } from '../../../shared/ports/sandbox-backend.ts';
import type { ContractRun } from '../backend-contract.ts';

/** Long enough to tell a run that was ended from one that ended. */
const sleeper = { language: 'python', source: 'import time\ntime.sleep(15)\nprint("slept")' } as const;

/** A run that is not wanted any more. */
export function describeAbort({ run }: ContractRun): void {
  describe('gives up a run when its signal is aborted', () => {
    it('says what it used, and the next run is unharmed', async () => {
      const controller = new AbortController();
      const running = run(sleeper, { signal: controller.signal }).catch((error: unknown) => error);
      await delay(1_500);
      const abortedMs = performance.now();
      controller.abort();

      const error = await running;
      const tookMs = performance.now() - abortedMs;

      expect(error).toBeInstanceOf(RunAborted);
      if (!(error instanceof RunAborted)) return;
      if (error.report !== null) {
        expect(error.report).toMatchObject({ ending: { kind: 'signaled', signal: 'SIGKILL' }, stdout: '' });
        expect(error.report.usage.wallTimeMs).toBeGreaterThan(0);
        expect(error.report.usage.wallTimeMs).toBeLessThan(12_000);
      }
      expect(tookMs).toBeLessThan(8_000);
      const next = await run({ language: 'python', source: 'print("unharmed")' });
      expect(next.report.stdout).toBe('unharmed\n');
    });

    it('has its result when the signal is aborted afterwards', async () => {
      const controller = new AbortController();
      const { report } = await run({ language: 'python', source: 'print(1)' }, { signal: controller.signal });
      controller.abort();

      expect(report.stdout).toBe('1\n');
    });
  });
}
