import { type Attack, given, javascript, limited, throws, typescript } from '../../../support/attack.ts';

const nested = 50_000;

/** TypeScript is compiled outside of the engine, and ES modules are loaded by it: sources that abuse either. */
export const compilerAttacks: Attack[] = [
  typescript(
    'brackets nested 50,000 deep are a SyntaxError',
    `const x = ${'['.repeat(nested)}1${']'.repeat(nested)};`,
    throws('SyntaxError'),
  ),
  typescript(
    'types nested 50,000 deep are a SyntaxError',
    `let x: ${'Array<'.repeat(nested)}number${'>'.repeat(nested)};`,
    throws('SyntaxError'),
  ),
  typescript(
    'namespaces nested 5,000 deep are a SyntaxError or work',
    `namespace a${'.a'.repeat(300)} { export const x = 1; }\nconsole.log('ok');`,
    { stdout: 'ok\n' },
  ),
  typescript(
    'an open arrow function in an open arrow function does not take for ever',
    `const x = ${'(a = '.repeat(24)}1${') => 1'.repeat(24)};\nconsole.log(typeof x);`,
    { stdout: 'function\n' },
    { cpuTimeMs: 5000 },
  ),
  typescript('noise is a SyntaxError', 'let let: <<<>>> = @@@ enum \\u{110000}', throws('SyntaxError')),
  typescript(
    'an enum with a hostile name stays an enum',
    `enum constructor { __proto__ = 'p', toString = 'x' }
enum E { A = (globalThis as any).process.argv.length, B = 1 << 40, C = 'c' }
console.log(constructor.toString, E.B, E.C, ({} as any).p);`,
    { stdout: 'x 256 c undefined\n' },
  ),
  typescript(
    'a namespace can not reach the compiler',
    `namespace N { export const p = Function('return typeof process.binding + typeof process.getBuiltinModule')(); }
import T = N.p;
console.log(T);`,
    { stdout: /^undefined(undefined|function)\n$/ },
  ),
  typescript(
    'a forged source map is a comment',
    `enum A { x = 1 }
console.log(A.x);
//# sourceMappingURL=data:application/json;base64,e30=`,
    { stdout: '1\n' },
  ),
  typescript(
    'a text of 200,000 blank lines beside an enum is only text',
    `enum A { x }\nconsole.log(\`${'\n'.repeat(200_000)}\`.length + A.x);`,
    { stdout: '200000\n' },
    { cpuTimeMs: 5000 },
  ),
  typescript(
    'an enum of 20,000 members is an enum',
    `enum A { ${Array.from({ length: 20_000 }, (_, i) => `m${i}`).join()} }\nconsole.log(A.m19999);`,
    { stdout: '19999\n' },
    { cpuTimeMs: 5000 },
  ),
  given(
    {
      files: [
        { path: 'deep.ts', content: `export const x = ${'('.repeat(nested)}`, encoding: 'utf8' },
        { path: 'raw.ts', content: '/////w==', encoding: 'base64' },
      ],
    },
    typescript(
      'a file nested too deep is a SyntaxError',
      `import { x } from './deep.ts';\nconsole.log(x);`,
      throws('SyntaxError'),
    ),
  ),
  typescript(
    'a NUL in the source is a SyntaxError',
    `console.log('a');\0console.log('b');`,
    throws('SyntaxError'),
  ),
  javascript(
    'a NUL in JavaScript is a SyntaxError',
    `console.log('a');\0console.log('b');`,
    throws('SyntaxError'),
  ),
  given(
    {
      files: [
        { path: 'a.mjs', content: `import './b.mjs';\nexport default 1;`, encoding: 'utf8' },
        { path: 'b.mjs', content: `import './a.mjs';\nawait null;`, encoding: 'utf8' },
      ],
    },
    javascript('modules that import each other end', `import a from './a.mjs';\nconsole.log(a);`, {
      stdout: '1\n',
    }),
  ),
  javascript(
    'a program that imports itself for ever is stopped',
    `for (let i = 0; ; i++) await import('./main.js?' + i).catch(() => {});\nexport {};`,
    limited('wallTimeMs'),
    { wallTimeMs: 400 },
  ),
  javascript(
    'hostile specifiers are ordinary errors',
    `const bite = () => { throw new Error('bite'); };
(async () => {
  let refused = 0;
  for (const s of ['', '\\0', '\\ud800', '../'.repeat(1e5), 'x'.repeat(1e6), '__proto__', 'constructor', { toString: bite }, Symbol('s'), null, {}, new Proxy({}, { get: bite })]) {
    try { await import(s); } catch { refused++; }
    try { require(s); } catch { refused++; }
  }
  console.log(refused);
})();`,
    { stdout: '24\n' },
  ),
  javascript(
    'a wrapper closed by the source reaches nothing more',
    `console.log(typeof module);
})(); console.log(typeof process.binding, typeof host, typeof $module); (function () {`,
    { stdout: 'undefined\nundefined undefined undefined\n' },
  ),
];
