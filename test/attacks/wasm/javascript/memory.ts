import { type Attack, javascript, limited, throws } from '../../../support/attack.ts';

const smallMemory = { memoryMiB: 64 };
const full = limited('memoryMiB');

/** Programs that want more memory than they may have. */
export const memoryAttacks: Attack[] = [
  javascript(
    'a growing array reaches the memory limit',
    'const a = [];\nfor (;;) a.push(a.length + 0.5);',
    full,
    smallMemory,
  ),
  javascript(
    'buffers kept reach the memory limit',
    'const a = [];\nfor (;;) a.push(new Uint8Array(1e6).fill(1));',
    full,
    smallMemory,
  ),
  javascript('one huge typed array reaches the memory limit', 'new Uint8Array(1e9);', full, smallMemory),
  javascript('one huge Buffer reaches the memory limit', 'Buffer.alloc(5e8);', full, smallMemory),
  javascript('a repeated string reaches the memory limit', `'x'.repeat(2 ** 28);`, full, smallMemory),
  javascript(
    'a doubling string reaches the memory limit',
    `let s = 'xy';\nfor (;;) { s += s; s.charCodeAt(1); }`,
    full,
    smallMemory,
  ),
  javascript(
    'a growing Map reaches the memory limit',
    'const m = new Map();\nfor (let i = 0; ; i++) m.set(i, { i });',
    full,
    smallMemory,
  ),
  javascript(
    'an endless spread reaches the memory limit',
    '[...(function* () { for (;;) yield {}; })()];',
    full,
    smallMemory,
  ),
  javascript('a filled array reaches the memory limit', 'new Array(1e8).fill(0);', full, smallMemory),
  javascript(
    'a join that multiplies reaches the memory limit',
    `new Array(1e6).join('x'.repeat(1000));`,
    full,
    smallMemory,
  ),
  javascript(
    'a JSON that multiplies reaches the memory limit',
    `JSON.stringify(Array(1000).fill('x'.repeat(1e6)));`,
    full,
    smallMemory,
  ),
  javascript(
    'a replacement that multiplies reaches the memory limit',
    `'a'.repeat(1e6).replace(/a/g, 'b'.repeat(1000));`,
    full,
    smallMemory,
  ),
  javascript('padding reaches the memory limit', `'x'.padStart(2 ** 29);`, full, smallMemory),
  javascript(
    'symbols and properties reach the memory limit',
    'const o = {};\nfor (let i = 0; ; i++) o["key" + i] = Symbol("s" + i);',
    full,
    smallMemory,
  ),
  javascript('timers never due reach the memory limit', 'for (;;) setTimeout(() => {}, 1e9);', full, {
    ...smallMemory,
    cpuTimeMs: 10_000,
  }),
  javascript(
    'promises never settled reach the memory limit',
    'const p = new Promise(() => {});\nfor (;;) p.then(() => {});',
    full,
    smallMemory,
  ),
  javascript(
    'doubling immediates reach the memory limit',
    'const f = () => { setImmediate(f); setImmediate(f); };\nf();',
    full,
    smallMemory,
  ),
  javascript(
    'an exhausted memory that is handled is an ordinary error',
    `try { new Uint8Array(1e9); } catch (e) { console.log('handled', e instanceof Error); }`,
    { stdout: 'handled true\n' },
    smallMemory,
  ),
  javascript(
    'an exhausted memory that is caught for ever ends at the wall time',
    `const a = [];
for (;;) try { a.push(new Uint8Array(1e6).fill(1)); } catch {}`,
    limited('wallTimeMs'),
    { ...smallMemory, wallTimeMs: 400 },
  ),
  javascript(
    'a memory full to the last byte still ends as full',
    `let last = null;
try { for (;;) last = { last, a: 'x' + Math.random() }; } catch {}
try { for (;;) last = { last }; } catch {}
try { for (;;) last = [last]; } catch {}
for (;;) last = () => last;`,
    full,
    smallMemory,
  ),
  javascript(
    'an error too big for the memory that is left ends as full',
    `const kept = [];
try { for (let n = 1e6; ; ) kept.push('x'.repeat(n) + kept.length); } catch {}
try { for (;;) kept.push({}); } catch {}
throw new TypeError('x'.repeat(2e6));`,
    { ending: { kind: 'limited', limit: 'memoryMiB' } },
    smallMemory,
  ),
  javascript('an array longer than arrays can be throws', 'new Array(-1);', throws('RangeError')),
  javascript(
    'a growing ArrayBuffer is bounded by the memory',
    `const b = new ArrayBuffer(1, { maxByteLength: 2 ** 31 });
b.resize(2 ** 31);
new Uint8Array(b).fill(1);`,
    { ending: { kind: 'exited', exitCode: 1 }, errorType: 'RangeError' },
    smallMemory,
  ),
];
