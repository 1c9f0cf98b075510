import nodeAssert from 'node:assert';
import { describe, expect, it } from '@jest/globals';
import {
  AssertionError,
  assert as ours,
} from '../../../../../functions/sandbox-wasm/interpreter/javascript/guest/library/assert.ts';

type Assert = typeof nodeAssert;
const mine = ours as unknown as Assert;

interface Thrown {
  name: string;
  code: unknown;
  operator: unknown;
  message: string;
}

function outcome(assert: Assert, run: (assert: Assert) => unknown): Thrown | 'passes' {
  try {
    run(assert);
    return 'passes';
  } catch (failure) {
    const { name, code, operator, message } = failure as Thrown;
    return { name, code, operator, message };
  }
}

const boom = () => {
  throw new TypeError('boom');
};

/** Same verdict and same message as node. */
const exact: [string, (assert: Assert) => unknown][] = [
  ['ok', (a) => a.ok(1)],
  ['ok with text', (a) => a.ok(0, 'zero')],
  ['callable', (a) => a(false, 'no')],
  ['no argument', (a) => (a.ok as () => void)()],
  ['own error', (a) => a.ok(false, new RangeError('mine'))],
  ['equal', (a) => a.equal(1, '1')],
  ['equal fails', (a) => a.equal(1, 2)],
  ['equal NaN', (a) => a.equal(Number.NaN, Number.NaN)],
  ['notEqual fails', (a) => a.notEqual(1, '1')],
  ['strictEqual', (a) => a.strictEqual(Number.NaN, Number.NaN)],
  ['strictEqual fails', (a) => a.strictEqual(1, 2)],
  ['strictEqual of types', (a) => a.strictEqual(1, '1')],
  ['strictEqual of booleans', (a) => a.strictEqual(true, false)],
  ['strictEqual of null', (a) => a.strictEqual(null, undefined)],
  ['notStrictEqual fails', (a) => a.notStrictEqual(1, 1)],
  ['deepEqual', (a) => a.deepEqual({ a: 1 }, { a: '1' })],
  ['deepStrictEqual', (a) => a.deepStrictEqual({ a: [1, { b: 2 }] }, { a: [1, { b: 2 }] })],
  ['deepStrictEqual fails', (a) => a.deepStrictEqual({ a: 1 }, { a: 2 })],
  ['deepStrictEqual of arrays', (a) => a.deepStrictEqual([1, 2, 3], [1, 2, 4])],
  ['notDeepStrictEqual', (a) => a.notDeepStrictEqual({ a: 1 }, { a: 2 })],
  ['throws', (a) => a.throws(boom)],
  ['throws class', (a) => a.throws(boom, TypeError)],
  ['throws text', (a) => a.throws(boom, /boom/)],
  ['throws object', (a) => a.throws(boom, { name: 'TypeError', message: 'boom' })],
  ['throws object of pattern', (a) => a.throws(boom, { message: /^bo/ })],
  ['throws test', (a) => a.throws(boom, (problem: unknown) => problem instanceof Error)],
  ['throws nothing', (a) => a.throws(() => {})],
  ['throws nothing of class', (a) => a.throws(() => {}, TypeError)],
  ['throws nothing with text', (a) => a.throws(() => {}, 'told')],
  ['doesNotThrow', (a) => a.doesNotThrow(() => {})],
  ['doesNotThrow fails', (a) => a.doesNotThrow(boom)],
  ['match', (a) => a.match('abc', /b/)],
  ['match fails', (a) => a.match('abc', /x/)],
  ['doesNotMatch fails', (a) => a.doesNotMatch('abc', /b/)],
  ['fail', (a) => a.fail()],
  ['fail with text', (a) => a.fail('because')],
  ['ifError', (a) => a.ifError(null)],
  ['ifError fails', (a) => a.ifError(new Error('bad'))],
  ['strict equal', (a) => a.strict.equal(1, 2)],
  ['strict deepEqual', (a) => a.strict.deepEqual([1], [1])],
];

/** Same verdict; the wording is our own. */
const verdict: [string, (assert: Assert) => unknown][] = [
  ['strictEqual with text', (a) => a.strictEqual(1, 2, 'differs')],
  ['strictEqual long text', (a) => a.strictEqual('hello world', 'hello there')],
  ['ok without text', (a) => a.ok(0)],
  ['deepEqual fails', (a) => a.deepEqual({ a: 1 }, { a: 2 })],
  ['notDeepStrictEqual fails', (a) => a.notDeepStrictEqual([1], [1])],
  ['throws other pattern', (a) => a.throws(boom, /other/)],
  ['throws other properties', (a) => a.throws(boom, { message: 'other' })],
  ['throws failing test', (a) => a.throws(boom, () => false)],
  [
    'large structures',
    (a) => a.deepStrictEqual({ list: Array.from({ length: 60 }, (_, n) => n) }, { list: [] }),
  ],
];

describe('assert judges and words like node', () => {
  it.each(exact)('%s', (_name, run) => {
    expect(outcome(mine, run)).toEqual(outcome(nodeAssert, run));
  });

  it.each(verdict)('judges like node: %s', (_name, run) => {
    const [actual, expected] = [outcome(mine, run), outcome(nodeAssert, run)] as Thrown[];

    expect([actual?.name, actual?.code, actual?.operator]).toEqual([
      expected?.name,
      expected?.code,
      expected?.operator,
    ]);
  });
});

describe('assert on promises', () => {
  it('passes when the promise rejects as expected', async () => {
    await ours.rejects(Promise.reject(new TypeError('x')), TypeError);
    await ours.rejects(async () => boom(), /boom/);
    await ours.doesNotReject(Promise.resolve(1));
  });

  it('fails when nothing was rejected', async () => {
    const outcome = ours.rejects(Promise.resolve(1));

    await expect(outcome).rejects.toThrow(AssertionError);
    await expect(outcome).rejects.toThrow('Missing expected rejection.');
  });

  it('fails on an unwanted rejection', async () => {
    await expect(ours.doesNotReject(Promise.reject(new Error('no')))).rejects.toThrow(
      'Got unwanted rejection.',
    );
  });
});
