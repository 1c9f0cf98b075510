type Case = [name: string, make: () => unknown];

/** Stacks differ by where the test runs: a fixed one makes errors comparable. */
function withStack<E extends Error>(
  error: E,
  frames = '    at main (/app/main.js:1:1)\n    at run (/app/run.js:2:2)',
): E {
  Object.defineProperty(error, 'stack', {
    value: `${Error.prototype.toString.call(error)}\n${frames}`,
    writable: true,
    configurable: true,
    enumerable: false,
  });
  return error;
}

function range(length: number): number[] {
  return Array.from({ length }, (_, index) => index);
}

class Point {
  x = 1;
  y = 2;
}
class Tagged {
  get [Symbol.toStringTag]() {
    return 'Sticker';
  }
}
class Animal {
  #secret = 1;
  name: string;
  constructor(name: string) {
    this.name = name;
  }
  get age() {
    return this.#secret;
  }
  static kingdom = 'animalia';
}
class Dog extends Animal {}
class ValidationError extends Error {
  field = 'email';
  constructor(message: string) {
    super(message);
    this.name = 'ValidationError';
  }
}
class PlainError extends Error {}
class HttpError extends Error {
  override name = 'FetchError';
  status = 404;
}
class Stack extends Array<unknown> {}
class Registry extends Map<unknown, unknown> {}
class Money {
  cents = 5;
  [Symbol.for('nodejs.util.inspect.custom')](depth?: number) {
    return `Money<${this.cents}, ${depth}>`;
  }
}
class Wrapped {
  [Symbol.for('nodejs.util.inspect.custom')]() {
    return { wrapped: [1, 2, { a: { b: { c: 1 } } }] };
  }
}
class Lines {
  [Symbol.for('nodejs.util.inspect.custom')]() {
    return 'one\ntwo';
  }
}

const primitives: Case[] = (
  [
    0,
    -0,
    1.5,
    Number.NaN,
    -Infinity,
    1e21,
    123456789,
    10n,
    -0n,
    true,
    false,
    null,
    undefined,
    '',
    'plain',
    "it's",
    `say "hi" it's`,
    `all ' " and \``,
    `\${x} ' "`,
    'a\nb',
    'tab\t',
    '\\',
    '\x00\x1b\x7f\x9f',
    'é',
    '日本',
    '😀',
    '\ud83d',
    '\udc00x',
    'a'.repeat(200),
    `${'a'.repeat(50)}\n${'b'.repeat(50)}\n`,
    'x'.repeat(10_001),
    'x'.repeat(10_005),
    Symbol('s'),
    Symbol(''),
    Symbol('a\nb'),
    Symbol.iterator,
  ] as unknown[]
).map((value, index): Case => [`primitive ${index}`, () => value]);

const plain: Case[] = [
  ['empty object', () => ({})],
  ['flat', () => ({ a: 1, b: 'two', c: null, d: undefined, e: true, f: -0 })],
  ['quoted keys', () => ({ 'a-b': 1, $x: 1, 1: 2, é: 1, "it's": 1, '': 0, _ok9: 1 })],
  ['nested 2', () => ({ a: { b: { c: {} } } })],
  ['nested 3', () => ({ a: { b: { c: { d: 1 } } } })],
  ['nested array 3', () => ({ a: { b: { c: [1] } } })],
  ['nested empties', () => ({ a: { b: { c: [], d: {}, e: new Map(), f: new Set() } } })],
  [
    'nested class 3',
    () => ({
      a: { b: { c: new Point(), d: new Map([[1, 2]]), e: new Set([1]), f: /x/, g: new Date(0), h: () => 1 } },
    }),
  ],
  ['long line', () => ({ first: 'a'.repeat(30), second: 'b'.repeat(30), third: 'c'.repeat(30) })],
  ['72 edge', () => ({ a: 'a'.repeat(54), b: 1 })],
  ['73 edge', () => ({ a: 'a'.repeat(55), b: 1 })],
  ['76 edge', () => ({ a: 'a'.repeat(58), b: 1 })],
  ['seven keys', () => ({ a: 1, b: 2, c: 3, d: 4, e: 5, f: 6, g: 7 })],
  ['thirty keys', () => Object.fromEntries(range(30).map((n) => [`key${n}`, n]))],
  [
    'users',
    () => [
      { id: 1, name: 'Ann', tags: ['a', 'b'] },
      { id: 2, name: 'Bob', tags: [] },
    ],
  ],
  [
    'user tree',
    () => ({ user: { id: 1, name: 'Ann', address: { city: 'Paris', geo: { lat: 1, lng: 2 } } }, ok: true }),
  ],
  ['compact 3 nesting', () => ({ a: { b: { c: 1 } }, d: { e: 1 } })],
  ['compact 4 nesting', () => [[[[1]]]]],
  [
    'array in objects',
    () => ({
      matrix: [
        [1, 2, 3],
        [4, 5, 6],
        [7, 8, 9],
      ],
    }),
  ],
  ['long string value', () => ({ text: 'lorem ipsum '.repeat(12) })],
  [
    'string with newlines value',
    () => ({ text: `${'line one is long enough to break '.repeat(3)}\nsecond\nthird` }),
  ],
  ['null prototype', () => Object.assign(Object.create(null), { a: 1 })],
  ['null prototype empty', () => Object.create(null)],
  ['null prototype nested', () => ({ a: { b: { c: Object.assign(Object.create(null), { x: 1 }) } } })],
  ['chain to null', () => Object.create(Object.create(null))],
  ['from object', () => Object.create({ a: 1 })],
  ['symbol keys', () => ({ [Symbol('k')]: 1, [Symbol.iterator]: 2, b: 3 })],
  ['hidden key', () => Object.defineProperty({ a: 1 }, 'hidden', { value: 2, enumerable: false })],
  ['__proto__ key', () => JSON.parse('{"__proto__": 1}')],
  ['constructor key', () => ({ constructor: 'x' })],
  [
    'getters',
    () => ({
      get a() {
        return 1;
      },
      set b(_value: number) {},
      get c() {
        return 1;
      },
      set c(_value: number) {},
    }),
  ],
  [
    'throwing getter',
    () => ({
      get boom(): number {
        throw new Error('no');
      },
    }),
  ],
  [
    'circular',
    () => {
      const o: Record<string, unknown> = { name: 'o' };
      o.self = o;
      return o;
    },
  ],
  [
    'circular twice',
    () => {
      const a: Record<string, unknown> = {};
      const b = { a };
      a.b = b;
      a.me = a;
      return { a, b };
    },
  ],
  [
    'circular array',
    () => {
      const list: unknown[] = [1];
      list.push(list);
      return list;
    },
  ],
  [
    'circular map',
    () => {
      const map = new Map();
      map.set('me', map);
      return map;
    },
  ],
  [
    'shared not circular',
    () => {
      const s = { x: 1 };
      return { a: s, b: s };
    },
  ],
  ['tagged object', () => ({ [Symbol.toStringTag]: 'T' })],
  ['math', () => Math],
  ['json', () => JSON],
  ['proxy', () => new Proxy({ a: 1, b: [1] }, {})],
  ['proxy of array', () => new Proxy([1, 2], {})],
  [
    'arguments',
    () =>
      (function f(..._: unknown[]) {
        // biome-ignore lint/complexity/noArguments: the object itself is the case
        return arguments;
      })(1, 'a'),
  ],
  [
    'process-like env',
    () => ({ PATH: '/usr/bin:/bin', HOME: '/root', LANG: 'C.UTF-8', SHELL: '/bin/sh', TERM: 'xterm' }),
  ],
  ['emoji values', () => ({ a: '😀😀', b: ['日本語', '한국어'] })],
];

const arrays: Case[] = [
  ['empty', () => []],
  ['one', () => [1]],
  ['six', () => range(6)],
  ['seven', () => range(7)],
  ['ten', () => range(10)],
  ['27', () => range(27)],
  ['100', () => range(100)],
  ['101', () => range(101)],
  ['1000', () => range(1000)],
  ['1000 big', () => range(1000).map((n) => n * 12345)],
  ['negatives', () => range(30).map((n) => (n - 15) * 7.25)],
  ['bigints', () => range(20).map(BigInt)],
  ['booleans', () => range(12).map((n) => n % 2 === 0)],
  ['words', () => 'the quick brown fox jumps over the lazy dog again and again'.split(' ')],
  ['long words', () => range(10).map((n) => 'w'.repeat(n * 4))],
  ['mixed', () => [1, 'a', null, undefined, true, 2n, Symbol('x'), 3]],
  ['numbers and one string', () => [...range(15), 'end']],
  ['wide characters', () => range(14).map((n) => '漢'.repeat((n % 3) + 1))],
  ['emoji', () => ['😀', '😎', '🚀', '✅', '❌', '⭐', '🎉', '🔥']],
  ['accents', () => ['é', 'e\u0301', 'ü', 'ñ', 'å', 'ç', 'ø', 'ß']],
  ['holes', () => Object.assign(new Array(3), { 0: 1, 2: 3 })],
  ['all holes', () => new Array(3)],
  ['one hole', () => new Array(1)],
  ['holes at the ends', () => Object.assign(new Array(4), { 1: 'a' })],
  [
    'many holes',
    () => {
      const list: number[] = [];
      list[200] = 1;
      return list;
    },
  ],
  [
    'holes past 100',
    () => {
      const list = range(99);
      list[150] = 1;
      return list;
    },
  ],
  [
    'holes past 100 again',
    () => {
      const list = range(150);
      delete list[3];
      return list;
    },
  ],
  ['extra keys', () => Object.assign([1, 2], { name: 'x', '-1': 3 })],
  ['extra keys empty', () => Object.assign([], { name: 'x' })],
  ['extra symbol', () => Object.assign([1], { [Symbol('q')]: 1 })],
  ['match result', () => /(?<year>\d+)-(\d+)/.exec('on 2024-05')],
  ['match plain', () => 'abc'.match(/b/)],
  ['nested pairs', () => Object.entries({ a: 1, b: 2, c: 3 })],
  ['many pairs', () => range(12).map((n) => [n, n * n])],
  ['matrix', () => range(8).map(() => range(8))],
  ['objects in array 7', () => range(7).map((id) => ({ id }))],
  ['objects in array 120', () => range(120).map((id) => ({ id }))],
  ['subclass', () => Stack.from([1, 2])],
  ['subclass empty', () => new Stack()],
  ['undefineds', () => [undefined, undefined, null]],
  ['strings with quotes', () => ["it's", 'say "x"', '`', 'a\nb']],
  ['long strings', () => ['a'.repeat(80), 'b'.repeat(80)]],
  ['dates', () => range(3).map((n) => new Date(n * 1e9))],
  ['depth in arrays', () => [[[[1, 2]]], [[[{}]]]]],
  ['null-prototype array', () => Object.setPrototypeOf([1], null)],
  ['functions', () => [() => 1, function named() {}, Math.max]],
];

const collections: Case[] = [
  [
    'map',
    () =>
      new Map<unknown, unknown>([
        ['a', 1],
        [{ k: 1 }, [1, 2]],
        [null, undefined],
      ]),
  ],
  [
    'map of objects',
    () =>
      new Map(
        range(3).map((n) => [`user-${n}`, { id: n, roles: ['admin', 'dev'], profile: { city: 'Paris' } }]),
      ),
  ],
  ['map large', () => new Map(range(120).map((n) => [n, n]))],
  ['map with key', () => Object.assign(new Map([[1, 2]]), { extra: 1 })],
  ['map subclass', () => new Registry([[1, { a: 1 }]])],
  ['map nested', () => new Map([['x', new Map([['y', new Map([['z', new Map()]])]])]])],
  ['fake map', () => Object.create(Map.prototype)],
  ['set', () => new Set([1, 'a', { b: 1 }])],
  ['set large', () => new Set(range(101))],
  ['set of words', () => new Set('the quick brown fox jumps over the lazy dog'.split(' '))],
  ['set empty', () => new Set()],
  ['null-prototype map', () => Object.setPrototypeOf(new Map([[1, 2]]), null)],
  ['weak', () => [new WeakMap(), new WeakSet(), new WeakRef({}) && 1]],
  ['array iterator', () => [1].values()],
  ['string iterator', () => 'a'[Symbol.iterator]()],
  [
    'generator',
    () =>
      (function* g() {
        yield 1;
      })(),
  ],
  [
    'async generator',
    () =>
      (async function* g() {
        yield 1;
      })(),
  ],
  ['promise', () => new Promise(() => {})],
  ['uint8', () => new Uint8Array([1, 2, 255])],
  ['uint8 empty', () => new Uint8Array()],
  ['float64', () => new Float64Array([1.5, -0, Number.NaN])],
  ['float32 many', () => new Float32Array(range(20))],
  ['bigint64', () => new BigInt64Array([1n, -2n])],
  ['uint8 large', () => new Uint8Array(300)],
  ['int16 extra', () => Object.assign(new Int16Array(2), { x: 1 })],
  ['array buffer', () => new Uint8Array([1, 2, 3, 171]).buffer],
  ['array buffer large', () => new ArrayBuffer(120)],
  ['array buffer nested', () => ({ a: { b: { c: new ArrayBuffer(2) } } })],
  ['data view', () => new DataView(new ArrayBuffer(4), 1, 2)],
  ['shared buffer', () => new SharedArrayBuffer(2)],
];

const classes: Case[] = [
  ['instance', () => new Point()],
  ['empty instance', () => new (class Empty {})()],
  ['anonymous instance', () => new (class {})()],
  ['private field', () => new Dog('Rex')],
  ['tagged', () => new Tagged()],
  ['tagged nested', () => [new Tagged()]],
  ['prototype', () => Point.prototype],
  [
    'functions',
    () => ({
      arrow: () => 1,
      method() {},
      async am() {},
      *gm() {},
      async *agm() {},
      anon: (
        () => () =>
          1
      )(),
    }),
  ],
  ['named function', () => function named() {}],
  ['function with keys', () => Object.assign(function f() {}, { a: 1, b: { c: 2 } })],
  ['function renamed', () => Object.defineProperty(() => 1, 'name', { value: 'custom name' })],
  ['bound', () => function f() {}.bind(null)],
  ['class', () => Point],
  ['class extends', () => Dog],
  ['class static', () => Animal],
  ['class anonymous', () => [class {}][0]],
  ['class extends null', () => [class extends null {}][0]],
  ['built-in class', () => [Map, Array, Object, Error]],
  ['null-prototype function', () => Object.setPrototypeOf(() => 1, null)],
  ['date', () => new Date(0)],
  ['date invalid', () => new Date(Number.NaN)],
  ['date extra', () => Object.assign(new Date(0), { zone: 'utc' })],
  ['date subclass', () => new (class Day extends Date {})(0)],
  ['regexp', () => /a\/b"c'/giu],
  ['regexp extra', () => Object.assign(/x/, { a: 1 })],
  ['regexp deep', () => ({ a: { b: { c: Object.assign(/x/, { a: 1 }) } } })],
  [
    'boxed',
    () => [
      new Number(3),
      new String('abc'),
      new Boolean(false),
      Object(1n),
      Object(Symbol('s')),
      new Number(-0),
    ],
  ],
  ['boxed extra', () => Object.assign(new String('abc'), { x: 1 })],
  ['boxed subclass', () => new (class Amount extends Number {})(3)],
  ['custom text', () => ({ money: new Money(), list: [new Money()] })],
  ['custom object', () => new Wrapped()],
  ['custom object nested', () => ({ a: { b: new Wrapped() } })],
  ['custom lines nested', () => ({ a: { b: new Lines() } })],
  ['custom on prototype itself', () => Money.prototype],
  ['global symbol registry', () => Symbol.for('x')],
];

const errors: Case[] = [
  ['error', () => withStack(new Error('boom'))],
  ['error without message', () => withStack(new Error())],
  ['type error', () => withStack(new TypeError('bad type'))],
  [
    'without stack',
    () => {
      const e = new Error('boom');
      delete e.stack;
      return e;
    },
  ],
  ['stack of header only', () => withStack(new Error('boom'), '').stack],
  ['empty stack', () => Object.assign(new Error('boom'), { stack: '' })],
  ['own class', () => withStack(new ValidationError('invalid'))],
  ['class of the parent name', () => withStack(new PlainError('p'))],
  ['class of another name', () => withStack(new HttpError('gone'))],
  ['name assigned', () => withStack(Object.assign(new Error('x'), { name: 'Custom' }))],
  ['name assigned later', () => Object.assign(withStack(new Error('x')), { name: 'LaterError' })],
  [
    'extra keys',
    () => withStack(Object.assign(new Error('x'), { code: 'ENOENT', errno: -2, info: { path: '/a' } })),
  ],
  ['cause error', () => withStack(new Error('outer', { cause: withStack(new TypeError('inner')) }))],
  [
    'cause with other frames',
    () =>
      withStack(new Error('outer', { cause: withStack(new TypeError('inner'), '    at other (/b.js:1:1)') })),
  ],
  [
    'cause shares frames',
    () => {
      const frames = range(8).map((n) => `    at f${n} (/app/x.js:${n}:1)`);
      return withStack(
        new Error('outer', { cause: withStack(new Error('in'), frames.join('\n')) }),
        ['    at own (/o.js:1:1)', ...frames.slice(1)].join('\n'),
      );
    },
  ],
  ['cause text', () => withStack(new Error('outer', { cause: 'why' }))],
  ['cause undefined', () => withStack(new Error('outer', { cause: undefined }))],
  ['in object', () => ({ error: withStack(new RangeError('r')), ok: false })],
  ['in array', () => [withStack(new Error('a')), withStack(new Error('b'))]],
  ['in deep object', () => ({ a: { b: { c: withStack(new Error('deep')) } } })],
  [
    'no stack in object',
    () => {
      const e = new Error('boom');
      delete e.stack;
      return { e };
    },
  ],
  [
    'no stack with keys',
    () => {
      const e = Object.assign(new Error('boom'), { code: 1 });
      delete e.stack;
      return e;
    },
  ],
  [
    'aggregate',
    () => withStack(new AggregateError([withStack(new Error('1')), withStack(new Error('2'))], 'many')),
  ],
  ['multi-line message', () => withStack(new Error('one\ntwo'))],
  ['message holds at', () => withStack(new Error('x\n    at y'))],
  [
    'circular cause',
    () => {
      const e = withStack(new Error('x'));
      e.cause = e;
      return e;
    },
  ],
  [
    'settled results',
    () => [
      { status: 'fulfilled', value: 1 },
      { status: 'rejected', reason: withStack(new Error('no')) },
    ],
  ],
  ['null-prototype error', () => Object.setPrototypeOf(withStack(new Error('x')), null)],
  [
    'enumerable message',
    () => withStack(Object.defineProperty(new Error('x'), 'message', { enumerable: true, value: 'shown' })),
  ],
  [
    'tagged error',
    () => withStack(Object.defineProperty(new Error('x'), Symbol.toStringTag, { value: 'Tag' })),
  ],
];

export const inspectCases: Case[] = [
  ...primitives,
  ...plain,
  ...arrays,
  ...collections,
  ...classes,
  ...errors,
];

type Options = {
  depth?: number | null;
  compact?: boolean | number;
  breakLength?: number;
  showHidden?: boolean;
  sorted?: boolean;
  maxArrayLength?: number;
  maxStringLength?: number;
  customInspect?: boolean;
};

const deep = () => ({ a: { b: { c: { d: { e: { f: [1, [2, [3]]] } } } } } });
const people = () => range(9).map((id) => ({ id, name: `name ${id}`, tags: new Set(['x', 'y']) }));

export const optionCases: [string, Options, () => unknown][] = [
  ['depth 0', { depth: 0 }, deep],
  ['depth 0 of array', { depth: 0 }, () => [1, [2], { a: 1 }, new Map([[1, { a: 1 }]]), new Point()]],
  ['depth 4', { depth: 4 }, deep],
  ['depth null', { depth: null }, deep],
  ['depth infinity', { depth: Infinity }, deep],
  ['depth negative', { depth: -1 }, deep],
  ['compact false', { compact: false }, deep],
  ['compact false people', { compact: false }, people],
  ['compact true', { compact: true }, deep],
  ['compact true people', { compact: true }, people],
  ['compact true class', { compact: true }, () => Object.assign(function f() {}, { a: 1 })],
  ['compact 1', { compact: 1 }, people],
  ['compact 10', { compact: 10, depth: 10 }, deep],
  ['break 40', { breakLength: 40 }, people],
  ['break infinity', { breakLength: Infinity }, people],
  ['break infinity compact', { breakLength: Infinity, compact: true }, people],
  ['break 120', { breakLength: 120 }, () => range(100)],
  ['hidden', { showHidden: true }, () => [1, 2]],
  ['hidden object', { showHidden: true }, () => Object.defineProperty({ a: 1 }, 'h', { value: { x: 1 } })],
  ['hidden symbol', { showHidden: true }, () => Object.defineProperty({}, Symbol('h'), { value: 1 })],
  ['hidden function', { showHidden: true }, () => function f() {}],
  ['hidden typed array', { showHidden: true }, () => new Uint8Array(3)],
  ['hidden map', { showHidden: true }, () => new Map([[1, [2]]])],
  ['hidden date', { showHidden: true }, () => new Date(0)],
  ['sorted', { sorted: true }, () => ({ c: 1, a: 2, b: { z: 1, y: 2 } })],
  ['sorted array', { sorted: true }, () => Object.assign([3, 1, 2], { z: 1, a: 2 })],
  ['sorted set', { sorted: true }, () => new Set([3, 1, 2])],
  [
    'few items',
    { maxArrayLength: 3 },
    () => [range(10), new Set(range(10)), new Map(range(5).map((n) => [n, n])), new Uint8Array(9)],
  ],
  ['no items', { maxArrayLength: 0 }, () => [range(3)]],
  ['short strings', { maxStringLength: 4 }, () => ['abcdefgh', 'abcde', 'abc']],
  ['no custom', { customInspect: false }, () => new Money()],
];
