// What console.log makes of values: the habit of every quick script that an LLM writes.
const point = { x: 1, y: -2.5, label: 'start' };
const nested = { user: { name: 'Ana', tags: ['a', 'b'] }, active: true, note: null, missing: undefined };

console.log(point);
console.log(nested);
console.log([1, 2, 3], ['a', "it's"], [], {});
console.log([[1, 2], [3, [4, [5]]]]);
console.log(new Map([['one', 1], ['two', { deep: true }]]));
console.log(new Set([1, 'two', [3]]));
console.log('strings are bare,', 'numbers', 42, 'and', true, null, undefined, 10n);
console.log(['strings', 'in', 'arrays', 'are', 'quoted', 42, null, undefined, 10n, -0]);
console.log('%s is %d years old and likes %j', 'Ada', 36, { tea: true });
console.log('%i%% of %f', 42.9, 1.5, 'and the rest');
console.log({ method() {}, arrow: () => 1, Class: class Box {} });
console.log([function named() {}, () => {}, Symbol('id')]);

class Temperature {
  constructor(celsius) {
    this.celsius = celsius;
  }
  get fahrenheit() {
    return this.celsius * 1.8 + 32;
  }
}
console.log(new Temperature(21));
console.log([new Temperature(1), new Temperature(2)]);
console.log({ 'needs-quotes': 1, plain: 2, 3: 'index', [Symbol('key')]: 4 });
console.log(new Date(Date.UTC(2026, 0, 31, 12)));
console.log([/ab+c/gi, new Date(0)]);
console.log(Uint8Array.of(1, 2, 255));
console.log({ a: { b: { c: { d: 1 } } } });
console.log(Array.from({ length: 8 }, (_, index) => index * index));

const longer = {
  title: 'A record that does not fit on a single line of output',
  authors: ['First Author', 'Second Author', 'Third Author'],
  pages: 312,
};
console.log(longer);
console.info('info goes to stdout too');
console.error('errors go to stderr');
console.log();
console.log(`template: ${[1, [2, 3]]} ${{}} ${null}`);
console.log(JSON.stringify(nested));
