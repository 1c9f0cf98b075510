import { type Attack, javascript, limited, throws } from '../../../support/attack.ts';

const shortWall = { wallTimeMs: 400 };
const shortCpu = { cpuTimeMs: 300 };

/** Programs that never end. */
export const bombAttacks: Attack[] = [
  javascript(
    'an endless await is stopped',
    '(async () => { for (;;) await null; })();',
    limited('wallTimeMs'),
    shortWall,
  ),
  javascript(
    'endless ticks are stopped',
    'const f = () => process.nextTick(f);\nf();',
    limited('wallTimeMs'),
    shortWall,
  ),
  javascript(
    'a flood of immediates is stopped',
    'const f = () => setImmediate(f);\nfor (let i = 0; i < 1000; i++) f();',
    limited('wallTimeMs'),
    shortWall,
  ),
  javascript(
    'a promise that waits for ever in a module ends the program',
    'await new Promise(() => {});\nexport {};',
    { ending: { kind: 'exited', exitCode: 13 }, stderr: /unsettled top-level await/ },
  ),
  javascript(
    'a comparator that never decides is stopped',
    'Array.from({ length: 100 }, (_, i) => i).sort(() => { for (;;); });',
    limited('cpuTimeMs'),
    shortCpu,
  ),
  javascript(
    'a BigInt that squares itself ends too big to exist',
    'let x = 3n;\nfor (;;) x *= x;',
    throws('RangeError'),
    shortCpu,
  ),
  javascript(
    'a getter that calls itself in console.log is stopped',
    `const o = { get [Symbol.toStringTag]() { for (;;); } };
console.log(o);`,
    limited('cpuTimeMs'),
    shortCpu,
  ),
  javascript(
    'randomness by the gigabyte is stopped',
    `const { randomBytes } = require('crypto');
for (;;) randomBytes(1e6);`,
    limited('wallTimeMs'),
    shortWall,
  ),
];
