import { expect, test } from '@jest/globals';
import { defaultLimits, type LimitName, limitCeilings, limitFloors } from '../../shared/domain/limits.ts';

test.each(Object.keys(defaultLimits) as LimitName[])(
  'the default of %s is one that a request could have asked for',
  (name) => {
    expect(defaultLimits[name]).toBeGreaterThanOrEqual(limitFloors[name]);
    expect(defaultLimits[name]).toBeLessThanOrEqual(limitCeilings[name]);
  },
);
