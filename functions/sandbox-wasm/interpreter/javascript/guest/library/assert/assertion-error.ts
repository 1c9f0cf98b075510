import { inspect } from '../inspect/inspect-value.ts';
import { differenceOf } from './difference.ts';

export interface Failure {
  message?: string;
  actual: unknown;
  expected: unknown;
  operator: string;
}

/** What a failed assertion throws: `code` is ERR_ASSERTION, the message shows both sides. */
export class AssertionError extends Error {
  readonly code = 'ERR_ASSERTION';
  readonly generatedMessage: boolean;
  readonly actual: unknown;
  readonly expected: unknown;
  readonly operator: string;

  constructor(failure: Failure) {
    super(failure.message === undefined ? messageOf(failure) : String(failure.message));
    Object.defineProperty(this, 'name', { value: 'AssertionError', configurable: true, writable: true });
    this.generatedMessage = failure.message === undefined;
    this.actual = failure.actual;
    this.expected = failure.expected;
    this.operator = failure.operator;
  }

  override toString(): string {
    return `${this.name} [${this.code}]: ${this.message}`;
  }
}

const HEADINGS: Record<string, string> = {
  deepStrictEqual: 'Expected values to be strictly deep-equal:',
  strictEqual: 'Expected values to be strictly equal:',
  deepEqual: 'Expected values to be loosely deep-equal:',
  notDeepStrictEqual: 'Expected "actual" not to be strictly deep-equal to:',
  notStrictEqual: 'Expected "actual" to be strictly unequal to:',
  notDeepEqual: 'Expected "actual" not to be loosely deep-equal to:',
};

function messageOf({ actual, expected, operator }: Failure): string {
  const heading = HEADINGS[operator];
  if (heading === undefined) return `${print(actual)} ${operator} ${print(expected)}`;
  if (operator.startsWith('not')) {
    const text = print(actual);
    return text.includes('\n') ? `${heading}\n\n${text}\n` : `${heading} ${text}`;
  }
  const [left, right] = [print(actual), print(expected)];
  if (operator === 'deepEqual') return `${heading}\n\n${left}\n\nshould loosely deep-equal\n\n${right}`;
  const short =
    !left.includes('\n') && !right.includes('\n') && left.length + right.length <= 12 && left !== right;
  const primitives = [actual, expected].every((side) => typeof side !== 'object' || side === null);
  if (short && primitives) return `${heading}\n\n${left} !== ${right}\n`;
  return `${heading}\n+ actual - expected\n\n${differenceOf(left, right)}\n`;
}

function print(value: unknown): string {
  return inspect(value, {
    compact: false,
    customInspect: false,
    depth: 1_000,
    maxArrayLength: Number.POSITIVE_INFINITY,
    breakLength: Number.POSITIVE_INFINITY,
    sorted: true,
  });
}
