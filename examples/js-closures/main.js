// Closures and functions as values: memoize, curry, compose, once, counters, a reactive store, tagged templates.
'use strict';

function memoize(fn, keyOf = (...args) => JSON.stringify(args)) {
  const cache = new Map();
  const memoized = (...args) => {
    const key = keyOf(...args);
    if (cache.has(key)) memoized.hits += 1;
    else cache.set(key, fn(...args));
    return cache.get(key);
  };
  memoized.hits = 0;
  return memoized;
}

const curry = (fn, ...held) =>
  held.length >= fn.length ? fn(...held) : (...more) => curry(fn, ...held, ...more);

const compose = (...fns) => fns.reduceRight((inner, outer) => (value) => outer(inner(value)), (value) => value);

function once(fn) {
  let result;
  let called = false;
  return (...args) => {
    if (!called) {
      called = true;
      result = fn(...args);
    }
    return result;
  };
}

function createStore(state) {
  const watchers = new Set();
  const proxy = new Proxy(state, {
    set(target, name, value) {
      const before = target[name];
      target[name] = value;
      if (!Object.is(before, value)) watchers.forEach((watch) => watch(name, before, value));
      return true;
    },
    get(target, name) {
      return name === 'size' ? Reflect.ownKeys(target).length : Reflect.get(target, name);
    },
    deleteProperty(target, name) {
      if (name.startsWith('_')) return false;
      return Reflect.deleteProperty(target, name);
    },
  });
  return { proxy, watch: (watcher) => (watchers.add(watcher), () => watchers.delete(watcher)) };
}

function quoted(strings, ...values) {
  return strings.raw.reduce((text, part, index) => `${text}${part}${index in values ? `'${values[index]}'` : ''}`, '');
}

const fibonacci = memoize((n) => (n < 2n ? n : fibonacci(n - 1n) + fibonacci(n - 2n)), String);
console.log('fibonacci(120) =', String(fibonacci(120n)), 'with', fibonacci.hits, 'hits');

const volume = curry((length, width, height) => length * width * height);
console.log('volume:', volume(2)(3)(4), volume(2, 3)(4), volume(2)(3, 4));

const slug = compose((text) => text.replaceAll(' ', '-'), (text) => text.toLowerCase(), (text) => text.trim());
console.log('slug:', slug('  Closures Keep State '));

const start = once((port) => `started on ${port}`);
console.log(start(80), '/', start(443));

const counters = [];
for (let i = 0; i < 3; i += 1) counters.push(() => (i += 10));
console.log('counters:', counters.map((next) => next()), counters[0]());

const { proxy: settings, watch } = createStore({ theme: 'light', _secret: 1 });
const stop = watch((name, before, value) => console.log(`${name}: ${before} -> ${value}`));
settings.theme = 'dark';
settings.theme = 'dark';
settings.language = 'eo';
stop();
settings.theme = 'sepia';
try {
  delete settings._secret;
} catch (error) {
  console.log(error.name, 'size is still', settings.size);
}
console.log(quoted`name = ${'Åse'} and path = C:\new\t${42}`);
console.log(
  [1, 2, 3].map(parseInt.bind(null, '11')).join(),
  ((...args) => args.length)(...'spread'),
  (function () { return this; })() === undefined,
);
