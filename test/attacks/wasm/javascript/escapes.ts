import { type Attack, given, javascript, throws } from '../../../support/attack.ts';

/** Prints which of the given module names can be had at all, and the codes of the errors for the others. */
const tryModules = `
const names = ['child_process', 'worker_threads', 'net', 'http', 'http2', 'https', 'tls', 'dgram', 'dns', 'vm', 'v8',
  'cluster', 'inspector', 'repl', 'wasi', 'node:sqlite', 'node:sea', 'node:test', 'internal/bootstrap/realm', 'internal/util',
  'std', 'bjson', 'qjs', 'qjs:std', 'qjs:os', 'quickjs', 'node:internal', 'evil.node', '/lib/libc.so.6', 'file:///etc/passwd'];
const loaded = [];
const odd = [];
const note = (name, e) => e instanceof Error && typeof e.code === 'string' || odd.push(name, e);
`;

/** Ways from the program's world into the one around it. */
export const escapeAttacks: Attack[] = [
  javascript(
    'the constructor chain reaches the process of the guest only',
    `const p = this.constructor.constructor('return process')();
console.log(p === process, ['binding', '_linkedBinding', 'dlopen', 'mainModule', '_getActiveHandles', 'getBuiltinModule'].filter((n) => {
  try { return p[n]('fs').writeFileSync === undefined; } catch { return false; }
}));`,
    { stdout: 'true []\n' },
  ),
  javascript(
    'code from strings runs in the guest whatever makes the function',
    `const code = 'return globalThis';
const makers = [
  () => new Function(code)(),
  () => (0, eval)('globalThis'),
  () => (async () => {}).constructor(code)(),
  () => (function* () {}).constructor(code)().next().value,
  async () => (await (async function* () {}).constructor(code)().next()).value,
  () => require.constructor(code)(),
  () => console.log.constructor(code)(),
  () => setTimeout.constructor(code)(),
  () => process.exit.constructor(code)(),
  () => Reflect.construct(Function, [code])(),
];
Promise.all(makers.map((make) => make())).then((all) => console.log(all.length, all.every((g) => g === globalThis)));`,
    { stdout: '10 true\n' },
  ),
  javascript(
    'no global of the engine or of the host is there',
    `const names = ['std', 'os', 'bjson', 'scriptArgs', 'print', 'load', 'loadScript', 'evalScript', '__loadScript', 'Worker',
  'WebAssembly', 'Deno', 'Bun', 'host', 'hostFunctions', 'createGuest', 'writeStdout', 'evaluate', 'payload', 'gc', 'qjs'];
console.log(names.filter((name) => name in globalThis));`,
    { stdout: '[]\n' },
  ),
  javascript(
    'require gets no module that leads out',
    `${tryModules}
for (const name of names) try { require(name); loaded.push(name); } catch (e) { note(name, e); }
console.log(loaded, odd);`,
    { stdout: '[] []\n' },
  ),
  javascript(
    'import gets no module that leads out',
    `${tryModules}
(async () => {
  for (const name of names) try { await import(name); loaded.push(name); } catch (e) { note(name, e); }
  console.log(loaded, odd);
})();`,
    { stdout: '[] []\n' },
  ),
  javascript(
    'require of child_process is an ordinary error',
    `require('child_process').execSync('id');`,
    throws('Error', 'child_process'),
  ),
  javascript(
    'a static import of node:sqlite is an ordinary error',
    `import { DatabaseSync } from 'node:sqlite';
new DatabaseSync('/tmp/x').exec("ATTACH '/etc/passwd' AS p");`,
    throws('Error', 'node:sqlite'),
  ),
  javascript(
    'an import of fs sees the files of the guest only',
    `import('fs').then((fs) => console.log(fs.existsSync('main.js'), fs.existsSync('/etc'), fs.existsSync('/proc')));`,
    { stdout: 'true false false\n' },
  ),
  javascript(
    'the loader has no insides to reach for',
    `const M = module.constructor;
console.log(typeof M._load, typeof M._resolveFilename, typeof M.createRequire, typeof M._extensions, typeof require.main?.constructor._load);`,
    { stdout: 'undefined undefined undefined undefined undefined\n' },
  ),
  javascript(
    'a callback finds no caller of the host',
    `function spy() {
  try { return spy.caller ?? null; } catch (e) { return e.name; }
}
setTimeout(() => console.log([1].map(spy).every((c) => c === null || c === 'TypeError')));`,
    { stdout: 'true\n' },
  ),
  javascript(
    'a stack shows neither the host nor the library under the program',
    `const stacks = [];
Error.stackTraceLimit = Infinity;
setTimeout(() => {
  stacks.push(new Error().stack);
  [3, 1].sort(() => stacks.push(new Error().stack));
  const o = {};
  Error.captureStackTrace(o);
  stacks.push(o.stack);
  console.log(stacks.length, stacks.some((s) => /node:internal|wasm|file:|javascript-child|Users|build/.test(s)));
});`,
    { stdout: '3 false\n' },
  ),
  javascript(
    'Error.prepareStackTrace is handed no function of the library',
    `const found = [];
Error.prepareStackTrace = (error, sites) => {
  for (const site of sites) found.push(site.getFunction?.(), site.getThis?.());
  return 'prepared';
};
new Error('x').stack;
console.log(found.every((value) => value === undefined));`,
    { stdout: 'true\n' },
  ),
  given(
    {
      args: ['--inspect=0.0.0.0', '-e', 'process.exit(9)'],
      env: { NODE_OPTIONS: '--require /tmp/x.js', LD_PRELOAD: '/tmp/x.so' },
    },
    javascript(
      'arguments and environment are data for the program only',
      `console.log(process.argv.slice(2).join(' '), process.env.NODE_OPTIONS, process.env.LD_PRELOAD, process.execArgv);`,
      { stdout: '--inspect=0.0.0.0 -e process.exit(9) --require /tmp/x.js /tmp/x.so []\n' },
    ),
  ),
  javascript(
    'the process tells nothing about its host',
    `console.log(Object.keys(process.env), process.argv, process.cwd(), process.pid, process.ppid, process.execPath);`,
    { stdout: "[] [ 'node', 'main.js' ] /home/user 1 0 /usr/bin/node\n" },
  ),
  javascript(
    'the network is out of reach',
    `(async () => {
  const tries = ['fetch', 'WebSocket', 'XMLHttpRequest', 'EventSource'].filter((name) => typeof globalThis[name] === 'function');
  for (const name of tries) {
    try { await new globalThis[name]('http://169.254.169.254/latest/meta-data/'); console.log('reached by', name); } catch {}
    try { await globalThis[name]('http://169.254.169.254/latest/meta-data/'); console.log('reached by', name); } catch {}
  }
  console.log('done');
})();`,
    { stdout: 'done\n' },
  ),
  javascript(
    'blocking on shared memory is refused or impossible',
    `try {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(8)), 0, 0);
  console.log('waited');
} catch (e) {
  console.log(e instanceof TypeError || e instanceof ReferenceError);
}`,
    { stdout: 'true\n' },
  ),
];
