import { type LimitName, limitCeilings, limitFloors } from '../../../shared/domain/limits.ts';
import { type BadInput, invalid, rawSubmission, submission } from './bad-input.ts';

const names = Object.keys(limitCeilings) as LimitName[];

/** Every limit outside its range or of a wrong type, and names that are none. */
export const badLimits: BadInput[] = [
  ...names.flatMap((name) =>
    [
      limitCeilings[name] + 1,
      0,
      -1,
      limitFloors[name] + 0.5,
      Number.MAX_SAFE_INTEGER + 1,
      `${limitCeilings[name]}`,
      'NaN',
      null,
      true,
      [limitFloors[name]],
    ].map((value) => ({
      name: `limits.${name} ${JSON.stringify(value)}`,
      ...submission({ limits: { [name]: value } }),
      expected: invalid(`#/limits/${name}`),
    })),
  ),
  ...(['wallTimeMs', 'cpuTimeMs', 'memoryMiB'] as const).map((name) => ({
    name: `limits.${name} below its floor`,
    ...submission({ limits: { [name]: limitFloors[name] - 1 } }),
    expected: invalid(`#/limits/${name}`),
  })),
  ...['1e999', '-1e999'].map((number) => ({
    name: `limits.wallTimeMs ${number}, which is infinite`,
    ...rawSubmission(`{"language":"python","source":"print(1)","limits":{"wallTimeMs":${number}}}`),
    expected: invalid('#/limits/wallTimeMs'),
  })),
  ...['wallTime', 'timeoutMs', 'WALLTIMEMS', 'wallTimeMs ', 'constructor'].map((name) => ({
    name: `the unknown limit ${JSON.stringify(name)}`,
    ...submission({ limits: { [name]: 1000 } }),
    expected: invalid(`#/limits/${encodeURIComponent(name)}`),
  })),
  {
    name: 'one limit above its ceiling among good ones',
    ...submission({ limits: { ...limitCeilings, diskMiB: limitCeilings.diskMiB + 1 } }),
    expected: invalid('#/limits/diskMiB'),
  },
];
