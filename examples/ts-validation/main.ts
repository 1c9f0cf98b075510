// Type guards and assertion functions turn the unknown JSON in `context` into typed sensor readings.
declare const context: unknown;

type Unit = 'celsius' | 'percent' | 'hPa';

interface Reading {
  sensor: string;
  at: Date;
  value: number;
  unit: Unit;
  tags?: readonly string[];
}

class ValidationError extends Error {
  override readonly name = 'ValidationError';
  readonly path: string;

  constructor(path: string, expected: string, actual: unknown) {
    super(`${path || 'root'}: expected ${expected}, got ${typeName(actual)}`);
    this.path = path;
  }
}

function typeName(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

type Guard<T> = (value: unknown) => value is T;

const isString: Guard<string> = (value): value is string => typeof value === 'string';
const isFiniteNumber: Guard<number> = (value): value is number => Number.isFinite(value);
const isRecord: Guard<Record<string, unknown>> = (value): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isArrayOf =
  <T>(guard: Guard<T>): Guard<T[]> =>
  (value): value is T[] =>
    Array.isArray(value) && value.every(guard);
const oneOf =
  <const T extends readonly string[]>(...allowed: T): Guard<T[number]> =>
  (value): value is T[number] =>
    isString(value) && allowed.includes(value);

const isUnit = oneOf('celsius', 'percent', 'hPa');

function check<T>(value: unknown, guard: Guard<T>, path: string, expected: string): asserts value is T {
  if (!guard(value)) throw new ValidationError(path, expected, value);
}

function parseReading(value: unknown, path: string): Reading {
  check(value, isRecord, path, 'an object');
  const { sensor, at, value: amount, unit, tags } = value;
  check(sensor, isString, `${path}.sensor`, 'a string');
  check(at, isString, `${path}.at`, 'an ISO date');
  check(amount, isFiniteNumber, `${path}.value`, 'a finite number');
  check(unit, isUnit, `${path}.unit`, 'celsius, percent or hPa');
  if (tags !== undefined) check(tags, isArrayOf(isString), `${path}.tags`, 'an array of strings');
  return { sensor, at: new Date(at), value: amount, unit, ...(tags && { tags }) };
}

check(context, isRecord, '', 'an object');
check(context.readings, Array.isArray as unknown as Guard<unknown[]>, 'readings', 'an array');

const valid: Reading[] = [];
for (const [index, candidate] of context.readings.entries()) {
  try {
    valid.push(parseReading(candidate, `readings[${index}]`));
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error;
    console.log('skipped', error.message);
  }
}

const byUnit = new Map<Unit, number[]>();
for (const { unit, value } of valid) byUnit.set(unit, [...(byUnit.get(unit) ?? []), value]);
for (const [unit, values] of byUnit) {
  const mean = values.reduce((total, value) => total + value, 0) / values.length;
  console.log(`${unit}: ${values.length} readings, mean ${mean.toFixed(2)}`);
}

const latest = valid.reduce((a, b) => (a.at > b.at ? a : b));
console.log('latest:', latest.sensor, latest.at.toISOString(), latest.tags?.join('/') ?? 'no tags');
