import { builtInKind } from './class-name.ts';

type Callable = (...args: never[]) => unknown;

/** `[Function: f]`, `[AsyncFunction: f]`, `[class A extends B]`: what stands for a function's body. */
export function functionBase(
  value: Callable,
  className: string | null,
  tag: string,
  print: (name: unknown) => string,
): string {
  if (isClass(value)) return classBase(value, className, tag);
  const kind = /^(?:Async)?(?:Generator)?Function$/.exec(builtInKind(value))?.[0] ?? 'Function';
  const name: unknown = value.name;
  let base = `[${kind}`;
  if (className === null) base += ' (null prototype)';
  base += name === '' ? ' (anonymous)]' : `: ${typeof name === 'string' ? name : print(name)}]`;
  if (className !== kind && className !== null) base += ` ${className}`;
  if (tag !== '' && className !== tag) base += ` [${tag}]`;
  return base;
}

function isClass(value: Callable): boolean {
  const source = Function.prototype.toString.call(value);
  return /^class[\s{]/.test(source) && source.endsWith('}');
}

function classBase(value: Callable, className: string | null, tag: string): string {
  const name = (Object.hasOwn(value, 'name') && value.name) || '(anonymous)';
  let base = `[class ${name}`;
  if (className !== 'Function' && className !== null) base += ` [${className}]`;
  if (tag !== '' && className !== tag) base += ` [${tag}]`;
  if (className === null) return `${base} extends null]`;
  const parentName: unknown = Object.getPrototypeOf(value)?.name;
  return parentName ? `${base} extends ${String(parentName)}]` : `${base}]`;
}
