// Discriminated unions: an expression tree that is printed, simplified, evaluated and differentiated.
type Expression =
  | { kind: 'number'; value: number }
  | { kind: 'variable'; name: string }
  | { kind: 'binary'; operator: '+' | '-' | '*' | '/'; left: Expression; right: Expression }
  | { kind: 'power'; base: Expression; exponent: number };

type Result<T> = { ok: true; value: T } | { ok: false; error: string };

const num = (value: number): Expression => ({ kind: 'number', value });
const x: Expression = { kind: 'variable', name: 'x' };
const binary =
  (operator: '+' | '-' | '*' | '/') =>
  (left: Expression, right: Expression): Expression => ({ kind: 'binary', operator, left, right });
const [add, sub, mul, div] = (['+', '-', '*', '/'] as const).map(binary);
const pow = (base: Expression, exponent: number): Expression => ({ kind: 'power', base, exponent });

function assertNever(value: never): never {
  throw new Error(`unexpected ${JSON.stringify(value)}`);
}

function show(e: Expression): string {
  switch (e.kind) {
    case 'number':
      return String(e.value);
    case 'variable':
      return e.name;
    case 'power':
      return `${show(e.base)}^${e.exponent}`;
    case 'binary':
      return `(${show(e.left)} ${e.operator} ${show(e.right)})`;
    default:
      return assertNever(e);
  }
}

function evaluate(e: Expression, scope: Readonly<Record<string, number>>): Result<number> {
  switch (e.kind) {
    case 'number':
      return { ok: true, value: e.value };
    case 'variable': {
      const value = scope[e.name];
      return value === undefined ? { ok: false, error: `${e.name} is not defined` } : { ok: true, value };
    }
    case 'power': {
      const base = evaluate(e.base, scope);
      return base.ok ? { ok: true, value: base.value ** e.exponent } : base;
    }
    case 'binary': {
      const left = evaluate(e.left, scope);
      if (!left.ok) return left;
      const right = evaluate(e.right, scope);
      if (!right.ok) return right;
      const [a, b] = [left.value, right.value];
      if (e.operator === '/' && b === 0) return { ok: false, error: 'division by zero' };
      const operations = { '+': a + b, '-': a - b, '*': a * b, '/': a / b } satisfies Record<typeof e.operator, number>;
      return { ok: true, value: operations[e.operator] };
    }
    default:
      return assertNever(e);
  }
}

function derive(e: Expression): Expression {
  if (e.kind === 'number') return num(0);
  if (e.kind === 'variable') return num(1);
  if (e.kind === 'power') return mul(mul(num(e.exponent), pow(e.base, e.exponent - 1)), derive(e.base));
  const { operator, left, right } = e;
  if (operator === '+' || operator === '-') return binary(operator)(derive(left), derive(right));
  if (operator === '*') return add(mul(derive(left), right), mul(left, derive(right)));
  return div(sub(mul(derive(left), right), mul(left, derive(right))), pow(right, 2));
}

function simplify(e: Expression): Expression {
  if (e.kind === 'power') return e.exponent === 1 ? simplify(e.base) : e.exponent === 0 ? num(1) : e;
  if (e.kind !== 'binary') return e;
  const left = simplify(e.left);
  const right = simplify(e.right);
  const is = (side: Expression, value: number) => side.kind === 'number' && side.value === value;
  if (e.operator === '*' && (is(left, 0) || is(right, 0))) return num(0);
  if (e.operator === '*' && is(left, 1)) return right;
  if ((e.operator === '*' || e.operator === '/') && is(right, 1)) return left;
  if (e.operator === '+' && is(left, 0)) return right;
  if ((e.operator === '+' || e.operator === '-') && is(right, 0)) return left;
  if (left.kind === 'number' && right.kind === 'number') {
    const folded = evaluate({ ...e, left, right }, {});
    if (folded.ok) return num(folded.value);
  }
  return { ...e, left, right };
}

const polynomial = add(sub(mul(num(3), pow(x, 2)), mul(num(2), x)), num(7));
console.log('f  =', show(polynomial));
console.log("f' =", show(simplify(derive(polynomial))));
for (const point of [0, 1, -2.5]) {
  const [f, slope] = [polynomial, derive(polynomial)].map((e) => evaluate(e, { x: point }));
  console.log(`x = ${point}: f = ${f.ok ? f.value : f.error}, f' = ${slope.ok ? slope.value : slope.error}`);
}

const quotient = div(num(1), sub(x, num(2)));
console.log('g  =', show(quotient), "| g' =", show(simplify(derive(quotient))));
for (const scope of [{ x: 4 }, { x: 2 }, { y: 1 }]) console.log(JSON.stringify(scope), JSON.stringify(evaluate(quotient, scope)));
