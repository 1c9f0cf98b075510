import { jest } from '@jest/globals';
import { describeProcessAttacks } from '../support/describe-process-attacks.ts';
import { describeOnGvisor } from '../support/gvisor.ts';

jest.setTimeout(120_000);

describeOnGvisor('on gVisor', (gvisor) => describeProcessAttacks(gvisor, 'gvisor'));
