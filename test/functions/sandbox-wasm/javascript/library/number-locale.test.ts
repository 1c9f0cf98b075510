import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { installLocale } from '../../../../../functions/sandbox-wasm/interpreter/javascript/guest/library/number-locale.ts';

/** A realm of its own, so that the test's numbers keep Node's methods. */
const realm = {
  Number: { prototype: {} },
  String: { prototype: {} },
  BigInt: { prototype: {} },
  Date: { prototype: {} },
  Intl: undefined as unknown as typeof Intl,
};
installLocale(realm);

function call(prototype: object, name: string, self: unknown, ...args: unknown[]): unknown {
  return Reflect.apply(Reflect.get(prototype, name), self, args);
}

const NUMBERS: [number | bigint, Intl.NumberFormatOptions?][] = [
  [0],
  [-0],
  [1],
  [999],
  [1000],
  [1234567.891],
  [-1234.5],
  [0.1234],
  [0.0005],
  [0.00049],
  [1.0005],
  [1e21],
  [1e-7],
  [123456789012345],
  [Number.NaN],
  [Infinity],
  [-Infinity],
  [12345678901234567890n],
  [5, { minimumFractionDigits: 2 }],
  [5.555, { maximumFractionDigits: 2 }],
  [1.005, { maximumFractionDigits: 2 }],
  [2.5, { maximumFractionDigits: 0 }],
  [1234.5, { minimumFractionDigits: 2, maximumFractionDigits: 2 }],
  [7, { minimumIntegerDigits: 3 }],
  [1234.5, { style: 'currency', currency: 'USD' }],
  [-1234.5, { style: 'currency', currency: 'USD' }],
  [1234.5, { style: 'currency', currency: 'EUR' }],
  [1234.5, { style: 'currency', currency: 'GBP' }],
  [1234.5, { style: 'currency', currency: 'JPY' }],
  [5, { style: 'currency', currency: 'CHF' }],
  [9.99, { style: 'currency', currency: 'USD', maximumFractionDigits: 0 }],
  [1234.5, { style: 'currency', currency: 'USD', minimumFractionDigits: 0 }],
  [0.256, { style: 'percent' }],
  [0.256, { style: 'percent', maximumFractionDigits: 1 }],
  [1.5, { style: 'percent' }],
  [123456, { maximumSignificantDigits: 3 }],
  [0.0012345, { maximumSignificantDigits: 2 }],
  [5, { minimumSignificantDigits: 3 }],
  [99.95, { maximumSignificantDigits: 3 }],
  [1234567, { useGrouping: false }],
  [100n, { style: 'currency', currency: 'USD' }],
];

const MOMENTS = [
  Date.UTC(2024, 2, 5, 15, 4, 9, 7),
  0,
  Date.UTC(1999, 11, 31, 23, 59, 59),
  Date.UTC(2024, 6, 4, 12),
  Number.NaN,
];

const DATES: Intl.DateTimeFormatOptions[] = [
  {},
  { year: 'numeric', month: 'long', day: 'numeric' },
  { year: 'numeric', month: 'short', day: 'numeric' },
  { year: 'numeric', month: '2-digit', day: '2-digit' },
  { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' },
  { weekday: 'short', month: 'short', day: 'numeric' },
  { weekday: 'long' },
  { weekday: 'short' },
  { month: 'long' },
  { month: 'short', year: 'numeric' },
  { month: 'numeric', day: 'numeric' },
  { year: 'numeric' },
  { year: '2-digit', month: 'numeric', day: 'numeric' },
  { hour: 'numeric', minute: '2-digit' },
  { hour: '2-digit', minute: '2-digit' },
  { hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false },
  { hour: 'numeric', hour12: true },
  { hour12: false },
  { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  { month: 'long', day: 'numeric', hour: 'numeric', minute: 'numeric' },
  { month: 'short', day: 'numeric', hour: 'numeric' },
  { dateStyle: 'full' },
  { dateStyle: 'long', timeStyle: 'short' },
  { dateStyle: 'medium' },
  { dateStyle: 'short', timeStyle: 'medium' },
  { timeZoneName: 'short' },
  { weekday: 'short', year: 'numeric', month: 'numeric', day: 'numeric' },
  { minute: '2-digit', second: '2-digit' },
  { weekday: 'long', hour: 'numeric' },
];

describe('numbers read as in node', () => {
  it.each(NUMBERS.map(([value, options]) => [value, options] as const))('%s with %j', (value, options) => {
    const prototype = typeof value === 'bigint' ? realm.BigInt.prototype : realm.Number.prototype;

    expect(call(prototype, 'toLocaleString', value, 'en-US', options)).toBe(
      value.toLocaleString('en-US', options as never),
    );
  });

  it('groups and rounds any number', () => {
    fc.assert(
      fc.property(
        fc.double({ noDefaultInfinity: true, noNaN: true, min: -1e15, max: 1e15 }),
        fc.nat(6),
        (value, digits) => {
          const options = { maximumFractionDigits: digits };

          expect(call(realm.Number.prototype, 'toLocaleString', value, 'en-US', options)).toBe(
            value.toLocaleString('en-US', options),
          );
        },
      ),
    );
  });

  it('falls back to en-US for any other locale', () => {
    expect(call(realm.Number.prototype, 'toLocaleString', 1234.5, 'de-DE')).toBe('1,234.5');
  });

  it('refuses a currency style without a currency', () => {
    expect(() => call(realm.Number.prototype, 'toLocaleString', 1, 'en-US', { style: 'currency' })).toThrow(
      TypeError,
    );
  });
});

describe('dates read as in node, in UTC', () => {
  it.each(DATES)('%j', (asked) => {
    const options = { ...asked, timeZone: 'UTC' };
    const methods =
      asked.dateStyle || asked.timeStyle
        ? (['toLocaleString'] as const)
        : (['toLocaleString', 'toLocaleDateString', 'toLocaleTimeString'] as const);
    for (const moment of MOMENTS) {
      const date = new Date(moment);
      for (const method of methods) {
        expect([method, call(realm.Date.prototype, method, date, 'en-US', options)]).toEqual([
          method,
          date[method]('en-US', options),
        ]);
      }
    }
  });

  it('refuses a zone it has no table for', () => {
    const ask = () =>
      call(realm.Date.prototype, 'toLocaleString', new Date(0), 'en-US', { timeZone: 'Europe/Paris' });

    expect(ask).toThrow(RangeError);
  });
});

describe('Intl', () => {
  it('formats like node', () => {
    expect(new realm.Intl.NumberFormat('en-US').format(1234.5)).toBe(
      new Intl.NumberFormat('en-US').format(1234.5),
    );
    expect(new realm.Intl.DateTimeFormat('en-US', { timeZone: 'UTC' }).format(0)).toBe('1/1/1970');
  });

  it('counts like English', () => {
    for (const type of ['cardinal', 'ordinal'] as const) {
      const [mine, theirs] = [
        new realm.Intl.PluralRules('en', { type }),
        new Intl.PluralRules('en', { type }),
      ];

      expect(Array.from({ length: 130 }, (_, n) => mine.select(n))).toEqual(
        Array.from({ length: 130 }, (_, n) => theirs.select(n)),
      );
    }
  });

  it('sorts digits as numbers when asked', () => {
    const names = ['item 10', 'item 9', 'item 1', 'a2', 'a10', 'a'];

    const sorted = names.toSorted(new realm.Intl.Collator('en', { numeric: true }).compare);

    expect(sorted).toEqual(names.toSorted(new Intl.Collator('en', { numeric: true }).compare));
  });
});
