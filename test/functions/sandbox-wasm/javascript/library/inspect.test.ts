import { inspect as nodeInspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { inspect } from '../../../../../functions/sandbox-wasm/interpreter/javascript/guest/library/inspect.ts';
import { inspectCases, optionCases } from './inspect-cases.ts';

describe('inspect prints what node prints', () => {
  it.each(inspectCases)('%s', (_name, make) => {
    const value = make();

    expect(inspect(value)).toBe(nodeInspect(value));
  });

  it.each(optionCases)('with options: %s', (_name, options, make) => {
    const value = make();

    expect(inspect(value, options)).toBe(nodeInspect(value, options));
  });
});

describe('where the engine keeps something from us', () => {
  it('prints every promise as pending', () => {
    expect(inspect({ a: Promise.resolve(1) })).toBe('{ a: Promise { <pending> } }');
  });

  it('leaves the iterator of a map untouched', () => {
    const iterator = new Map([[1, 2]]).keys();

    expect(inspect(iterator)).toBe('[Map Iterator] { <items unknown> }');
    expect([...iterator]).toEqual([1]);
  });

  it('puts the header in front of a stack that has frames only', () => {
    const error = new TypeError('no such thing');
    error.stack = '    at f (main.js:1:2)\n    at <eval> (main.js:9:1)\n';

    expect(inspect(error)).toBe(
      'TypeError: no such thing\n    at f (main.js:1:2)\n    at <eval> (main.js:9:1)',
    );
  });

  it('stops at a hundred levels even with no depth limit', () => {
    let nested: object = { end: true };
    for (let level = 0; level < 10_000; level++) nested = { nested };

    expect(inspect(nested, { depth: null })).toContain('[Object]');
  });
});
