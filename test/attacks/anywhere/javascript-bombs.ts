import { type Attack, flooded, javascript, limited, throws } from '../../support/attack.ts';

const shortWall = { wallTimeMs: 400 };
const shortCpu = { cpuTimeMs: 300 };

/** Programs that never end. */
export const javascriptBombs: Attack[] = [
  javascript('an endless loop is stopped at its CPU time', 'for (;;);', limited('cpuTimeMs'), shortCpu),
  javascript('an endless loop is stopped at its wall time', 'for (;;);', limited('wallTimeMs'), shortWall),
  javascript(
    'a long timer is stopped at its wall time',
    `console.log('zzz');
setTimeout(() => {}, 1e9 / 1e3);`,
    { ...limited('wallTimeMs'), stdout: 'zzz\n' },
    { wallTimeMs: 1500 },
  ),
  javascript(
    'catching every exception in a loop helps nothing',
    'for (;;) try { (function f() { f(); })(); } catch {}',
    limited('wallTimeMs'),
    shortWall,
  ),
  javascript(
    'endless microtasks are stopped',
    'const f = () => Promise.resolve().then(f);\nf();',
    limited('wallTimeMs'),
    shortWall,
  ),
  javascript(
    'a flood of intervals is stopped',
    'for (let i = 0; i < 10_000; i++) setInterval(() => {}, 0);',
    limited('wallTimeMs'),
    shortWall,
  ),
  javascript(
    'a clock that stands still wakes nobody for ever',
    `Date.now = () => 0;
performance.now = Date.now;
Math.max = Math.ceil = Math.trunc = () => NaN;
setInterval(() => {}, 10);`,
    limited('wallTimeMs'),
    shortWall,
  ),
  javascript(
    'a regular expression that backtracks is stopped',
    `/^(a+)+$/.test('a'.repeat(40) + 'b');`,
    limited('cpuTimeMs'),
    shortCpu,
  ),
  javascript(
    'a comparator that empties its array corrupts nothing',
    `const a = Array.from({ length: 5000 }, (_, i) => (i * 7919) % 5000);
a.sort((x, y) => { a.length = 0; a.push(...'hello'); return y - x || NaN; });
const b = [3, 1, 2];
try { b.sort(() => { throw new Error('no'); }); } catch {}
console.log([5, 1, 4].sort().join(), b.length);`,
    { stdout: '1,4,5 3\n' },
  ),
  javascript('a BigInt too big to exist throws', 'x = 2n ** 100_000_000_000n;', throws('RangeError')),
  javascript(
    'turning a huge BigInt to digits is stopped',
    'for (let n = 1000n; ; n *= 2n) (7n ** n).toString();',
    limited('cpuTimeMs'),
    shortCpu,
  ),
  javascript(
    'a flood on stdout is cut at the limit',
    `for (;;) console.log('x'.repeat(99));`,
    flooded('stdout', /^(x{99}\n){10}$/),
    { outputBytes: 1000 },
  ),
  javascript(
    'a flood on stderr is cut at the limit',
    `for (;;) console.error('e'.repeat(99));`,
    flooded('stderr', /^(e{99}\n){10}$/),
    { outputBytes: 1000 },
  ),
  javascript(
    'one write of 50 MB is cut at the limit',
    `process.stdout.write('x'.repeat(5e7));`,
    flooded('stdout', 'x'.repeat(1000)),
    { outputBytes: 1000 },
  ),
  javascript(
    'output is cut between characters',
    `process.stdout.write('é'.repeat(100));`,
    flooded('stdout', 'é'.repeat(50)),
    { outputBytes: 101 },
  ),
];
