import { isDate } from './brand.ts';
import { inspect } from './inspect-value.ts';
import { formatNumber } from './primitive.ts';

/** What `console.log` writes for its arguments: printf-like when the first is text with directives. */
export function format(...args: readonly unknown[]): string {
  const [first, ...rest] = args;
  if (typeof first !== 'string') return args.map(plain).join(' ');
  if (rest.length === 0) return first;
  let used = 0;
  const head = first.replace(/%[sdifjoOc%]/g, (directive) => {
    if (directive === '%%') return '%';
    return used < rest.length ? applyDirective(directive, rest[used++]) : directive;
  });
  return [head, ...rest.slice(used).map(plain)].join(' ');
}

function plain(value: unknown): string {
  return typeof value === 'string' ? value : inspect(value);
}

function applyDirective(directive: string, value: unknown): string {
  switch (directive) {
    case '%s':
      return asText(value);
    case '%d':
      return asNumber(value, Number);
    case '%i':
      return asNumber(value, (input) => Number.parseInt(String(input), 10));
    case '%f':
      return typeof value === 'symbol' ? 'NaN' : formatNumber(Number.parseFloat(String(value)));
    case '%j':
      return asJson(value);
    case '%o':
      return inspect(value, { showHidden: true, depth: 4 });
    case '%O':
      return inspect(value);
    default:
      return '';
  }
}

function asNumber(value: unknown, convert: (value: unknown) => number): string {
  if (typeof value === 'bigint') return `${value}n`;
  return typeof value === 'symbol' ? 'NaN' : formatNumber(convert(value));
}

function asJson(value: unknown): string {
  try {
    return `${JSON.stringify(value)}`;
  } catch (failure) {
    if (failure instanceof TypeError && /circular/i.test(failure.message)) return '[Circular]';
    throw failure;
  }
}

function asText(value: unknown): string {
  if (typeof value === 'number') return formatNumber(value);
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value !== 'object' || value === null || !printsAsStructure(value)) return String(value);
  return inspect(value, { depth: 0 });
}

/** Whether nobody gave the object a text of its own: then its structure says more than `toString`. */
function printsAsStructure(value: object): boolean {
  if (isDate(value)) return true;
  if (typeof Reflect.get(value, Symbol.toPrimitive) === 'function') return false;
  if (typeof value.toString !== 'function') return true;
  if (Object.hasOwn(value, 'toString')) return false;
  let holder: object | null = value;
  while (holder !== null && !Object.hasOwn(holder, 'toString')) holder = Object.getPrototypeOf(holder);
  return holder === null || isBuiltIn(holder);
}

function isBuiltIn(prototype: object): boolean {
  const maker: unknown = Object.getOwnPropertyDescriptor(prototype, 'constructor')?.value;
  return (
    typeof maker === 'function' &&
    /\{\s*\[native code\]\s*\}\s*$/.test(Function.prototype.toString.call(maker))
  );
}
