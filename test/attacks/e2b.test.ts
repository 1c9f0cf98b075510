import { jest } from '@jest/globals';
import { describeProcessAttacks } from '../support/describe-process-attacks.ts';
import { someAttacks } from '../support/full-run.ts';
import { describeOnGvisor } from '../support/gvisor.ts';

jest.setTimeout(120_000);

// The host stands in for E2B's cloud: the runner is uploaded, as it is there.
describeOnGvisor('on E2B', (gvisor) => describeProcessAttacks(gvisor, 'e2b', someAttacks));
