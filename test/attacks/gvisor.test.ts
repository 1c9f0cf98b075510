import { jest } from '@jest/globals';
import { describeProcessAttacks } from '../support/describe-process-attacks.ts';
import { describeOnGvisor } from '../support/gvisor.ts';

jest.setTimeout(120_000);

/** In a container that repeats another, which says so. */
const oneIn = Number(process.env.CORDON_ATTACKS_ONE_IN ?? 1);

describeOnGvisor('on gVisor', (gvisor) => describeProcessAttacks(gvisor, 'gvisor', oneIn));
