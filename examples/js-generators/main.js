// Generators: lazy endless sequences, a fluent wrapper, two-way communication, delegation, early return.
function* naturals(from = 1) {
  while (true) yield from++;
}

function* primes() {
  const known = [];
  for (const candidate of naturals(2)) {
    const isPrime = known.every((prime) => prime * prime > candidate || candidate % prime !== 0);
    if (isPrime) {
      known.push(candidate);
      yield candidate;
    }
  }
}

function* collatz(number) {
  yield number;
  if (number !== 1) yield* collatz(number % 2 === 0 ? number / 2 : 3 * number + 1);
}

class Lazy {
  constructor(iterable) {
    this.iterable = iterable;
  }
  static of(iterable) {
    return new Lazy(iterable);
  }
  *[Symbol.iterator]() {
    yield* this.iterable;
  }
  derive(generator) {
    return new Lazy({ [Symbol.iterator]: generator });
  }
  map(change) {
    const source = this;
    return this.derive(function* () {
      for (const value of source) yield change(value);
    });
  }
  filter(test) {
    const source = this;
    return this.derive(function* () {
      for (const value of source) if (test(value)) yield value;
    });
  }
  take(count) {
    const source = this;
    return this.derive(function* () {
      if (count <= 0) return;
      let left = count;
      for (const value of source) {
        yield value;
        if (--left === 0) return;
      }
    });
  }
  zip(other) {
    const source = this;
    return this.derive(function* () {
      const iterator = other[Symbol.iterator]();
      for (const value of source) {
        const { done, value: partner } = iterator.next();
        if (done) return;
        yield [value, partner];
      }
    });
  }
}

function* interview() {
  const name = yield 'What is your name?';
  try {
    const age = yield `Hello ${name}, how old are you?`;
    yield `${name} is ${age}`;
  } catch (error) {
    yield `${name} would not say: ${error.message}`;
  } finally {
    console.log('(interview over)');
  }
  return 'bye';
}

console.log('primes:', [...Lazy.of(primes()).take(12)].join(' '));
console.log('odd squares:', [...Lazy.of(naturals()).map((n) => n * n).filter((n) => n % 2 === 1).take(6)].join(' '));
console.log('zip:', JSON.stringify([...Lazy.of('abc').zip(naturals(7))]));
console.log('collatz(27):', [...collatz(27)].length, 'numbers, up to', Math.max(...collatz(27)));

const [first, second, ...rest] = Lazy.of(naturals(5)).take(5);
console.log(first, second, rest);

const friendly = interview();
console.log(friendly.next().value);
console.log(friendly.next('Ada').value);
console.log(friendly.next(36).value);
console.log(JSON.stringify(friendly.next()), JSON.stringify(friendly.next()));

const shy = interview();
shy.next();
shy.next('Bob');
console.log(shy.throw(new Error('too personal')).value);
console.log(JSON.stringify(shy.return('stopped')));
