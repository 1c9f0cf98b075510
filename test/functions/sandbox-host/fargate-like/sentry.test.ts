import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterEach, expect, test } from '@jest/globals';
import { runInContainer, whyNoContainer } from '../../../support/fargate-like/run-in-container.ts';
import { runSuiteInContainer } from '../../../support/fargate-like/run-suite-in-container.ts';
import { someAttacks } from '../../../support/full-run.ts';
import { describeOnGvisor } from '../../../support/gvisor.ts';

const suites = ['test/functions/sandbox-host/sentry', 'test/functions/sandbox-host/self-test'];
const attacks = ['test/attacks/gvisor.test.ts'];
const backends = ['test/sandboxes/sandbox-host-backends.test.ts'];
const attacksMs = 1_200_000;

const reason = whyNoContainer();
const inContainer = reason === null ? test : test.skip;

describeOnGvisor(`in a container like one on Fargate${reason ? ` (skipped: ${reason})` : ''}`, () => {
  afterEach(() => {
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith(`fargate-like-${process.pid}-`))).toEqual(
      [],
    );
  });

  inContainer('no namespace can be made, so stock runsc can not start there', async () => {
    const result = await runInContainer(['unshare', '--user', '--map-root-user', 'true']);

    expect(result).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('Operation not permitted') });
  });

  inContainer.each([
    { capabilities: 'docker', whose: 'that Docker gives and SYS_PTRACE' },
    { capabilities: 'reduced', whose: 'that our task definition keeps' },
  ] as const)(
    'with the capabilities $whose, sentries work, are limited and leave nothing',
    async ({ capabilities }) => {
      const result = await runSuiteInContainer(suites, { capabilities });

      expect(result.failed).toEqual([]);
      expect(result.passed).toBeGreaterThan(30);
    },
    300_000,
  );

  inContainer.each([
    { capabilities: 'docker', paths: [...backends, ...attacks], oneIn: someAttacks },
    { capabilities: 'reduced', paths: attacks, oneIn: 1 },
  ] as const)(
    'with the $capabilities capabilities attacks end as anywhere else',
    async ({ capabilities, paths, oneIn }) => {
      const env = { CORDON_ATTACKS_ONE_IN: `${oneIn}` };
      const result = await runSuiteInContainer(paths, { capabilities, env, timeoutMs: attacksMs });

      expect(result.failed).toEqual([]);
      expect(result.passed).toBeGreaterThan(200);
    },
    attacksMs,
  );

  inContainer('without root the self-test refuses: there would be no uid for each sandbox', async () => {
    const result = await runSuiteInContainer([`${suites[1]}/prove-isolation.test.ts`], { user: 'user' });

    expect(result.failed).toContainEqual(expect.stringContaining('proves the isolation of this machine'));
    expect(result.failed.join()).toContain('IsolationError');
  });
});
