import { type Attack, javascript, throws } from '../../support/attack.ts';

/** Runs each of `cases` and prints the names of those after which the program could not go on, or that lied. */
const survive = `
for (const [name, run] of Object.entries(cases)) {
  try { run(); } catch (e) { if (!(e instanceof Error)) console.log(name, 'threw', e); }
}
console.log('alive', [3, 1, 2].sort().join(), JSON.parse('{"a":1}').a);`;
const alive = { stdout: 'alive 1,2,3 1\n' };

/** Nesting and recursion as deep as they go. */
export const javascriptRecursion: Attack[] = [
  javascript('endless recursion throws', 'function f() { f(); }\nf();', throws('RangeError')),
  javascript(
    'recursion through every builtin throws',
    `const cases = {
  map() { [1].map(cases.map); },
  sort() { [2, 1].sort(cases.sort); },
  replace() { 'x'.replace(/x/, cases.replace); },
  replaceText() { 'x'.replace('x', cases.replaceText); },
  toString() { const o = { toString() { return '' + o; } }; '' + o; },
  toPrimitive() { const o = { [Symbol.toPrimitive]() { return o + 1; } }; o + 1; },
  json() { JSON.stringify({ toJSON: cases.json }); },
  reviver() { JSON.parse('[1]', cases.reviver); },
  getter() { const o = { get x() { return o.x; } }; o.x; },
  proxy() { const p = new Proxy({}, { get: () => p.x }); p.x; },
  apply() { Reflect.apply(cases.apply, null, []); },
  construct() { Reflect.construct(function F() { new F(); }, []); },
  bind() { cases.bind.bind()(); },
  iterator() { const o = { [Symbol.iterator]: () => [...o] }; [...o]; },
  species() { class A extends Array { constructor(n) { super(n); this.map((x) => x); } } new A(1); },
  hasInstance() { const C = { [Symbol.hasInstance]: () => 1 instanceof C }; 1 instanceof C; },
  eval() { (0, eval)('cases.eval()'); },
  Function() { new Function('c', 'c.Function()')(cases); },
  generator() { function* g() { yield* g(); } g().next(); },
  async() { async function f() { return f(); } f().catch(() => {}); },
  split() { 'x'.split({ [Symbol.split]: cases.split }); },
  from() { Array.from([1], cases.from); },
  typed() { new Uint8Array([2, 1]).sort(cases.typed); },
  array() { const a = []; a[0] = a; a.flat(Infinity); },
  join() { let a = []; for (let i = 0; i < 1e5; i++) a = [a]; String(a); },
  console() { console.log({ [Symbol.for('nodejs.util.inspect.custom')]: cases.console }); },
  emit() { process.once('x', cases.emit); process.emit('x'); },
  nested() { process.stdout.write.call(null); },
};
globalThis.cases = cases;${survive}`,
    alive,
  ),
  javascript(
    'chains three thousand long throw or work',
    `const n = 3_000;
const chain = (first, next) => { let x = first; for (let i = 0; i < n; i++) x = next(x); return x; };
const cases = {
  proxies() { chain({}, (p) => new Proxy(p, {})).x; },
  proxyCalls() { chain(() => 1, (p) => new Proxy(p, {}))(); },
  bound() { chain(() => 1, (f) => f.bind())(); },
  prototypes() { chain({}, (p) => Object.create(p)).x; },
  freed() { chain(null, (next) => ({ next })); },
  closures() { chain(() => 1, (f) => () => f())(); },
  json() { JSON.stringify(chain([], (x) => [x])); },
  clone() { structuredClone(chain([], (x) => [x])); },
  flat() { chain([], (x) => [x]).flat(Infinity); },
  ropes() { chain('', (s) => s + 'x').charCodeAt(5); chain('', (s) => 'x' + s).charCodeAt(5); },
  iterators() { chain([1][Symbol.iterator](), (i) => (function* () { yield* i; })()).next(); },
  equal() { require('util').isDeepStrictEqual(chain([], (x) => [x]), chain([], (x) => [x])); },
  inspect() { require('util').inspect(chain([], (x) => [x]), { depth: Infinity }); },
  causes() { require('util').inspect(chain(new Error('x'), (cause) => new Error('y', { cause }))); },
};${survive}`,
    alive,
    { memoryMiB: 256 },
  ),
  javascript(
    'text nested eight thousand deep throws or is parsed',
    `const n = 8_000;
const cases = Object.fromEntries(Object.entries({
  json: () => JSON.parse('['.repeat(n) + ']'.repeat(n)),
  openJson: () => JSON.parse('[{"a":'.repeat(n)),
  regex: () => new RegExp('('.repeat(n) + ')'.repeat(n)),
  openRegex: () => new RegExp('(?:'.repeat(n)),
  lookahead: () => new RegExp('(?='.repeat(n) + ')'.repeat(n)),
  set: () => new RegExp('['.repeat(n) + ']'.repeat(n), 'v'),
  quantifiers: () => new RegExp('(?:a{0,1000}){0,1000}'.repeat(50)).test('a'),
  alternatives: () => new RegExp('a|'.repeat(n)).test('b'),
  parens: () => eval('('.repeat(n) + '1' + ')'.repeat(n)),
  brackets: () => eval('['.repeat(n)),
  braces: () => eval('{'.repeat(n) + '}'.repeat(n)),
  not: () => eval('!'.repeat(n) + '1'),
  minus: () => eval('- '.repeat(n) + '1'),
  arrows: () => eval('a=>'.repeat(1000) + '1'),
  ifs: () => eval('if(1)'.repeat(n) + ';'),
  labels: () => eval(Array.from({ length: 2000 }, (_, i) => 'l' + i + ':').join('') + ';'),
  news: () => eval('new '.repeat(n) + 'Object'),
  members: () => eval('({})' + '?.a'.repeat(n)),
  sums: () => eval('1' + '+1'.repeat(n)),
  powers: () => eval('1' + '**1'.repeat(n)),
  conditions: () => eval('1?'.repeat(n)),
  templates: () => eval(('\`\${').repeat(n)),
  functions: () => eval('function f(){'.repeat(5000) + '}'.repeat(5000)),
  classes: () => eval('class A{static x=1;static{'.repeat(2000) + '}}'.repeat(2000)),
  patterns: () => eval('let ' + '['.repeat(n) + 'a' + ']'.repeat(n) + '=[]'),
  defaults: () => eval('(' + '(a='.repeat(5000)),
  parameters: () => new Function(Array.from({ length: 5000 }, (_, i) => 'a' + i).join(), '1'),
  locals: () => eval('(function(){' + Array.from({ length: 3000 }, (_, i) => 'let a' + i + ';').join('') + '})'),
}).map(([name, run]) => [name, run]));${survive}`,
    alive,
    { memoryMiB: 256, wallTimeMs: 10_000 },
  ),
];
