/** The class of an object: the nearest constructor of its prototypes that it is an instance of. Null: none. */
export function constructorName(value: object): string | null {
  let current: object | null = value;
  while (current !== null) {
    const constructor: unknown = Object.getOwnPropertyDescriptor(current, 'constructor')?.value;
    if (typeof constructor === 'function' && constructor.name !== '' && isInstance(value, constructor)) {
      return String(constructor.name);
    }
    current = Object.getPrototypeOf(current);
  }
  return null;
}

function isInstance(value: object, constructor: unknown): boolean {
  try {
    return value instanceof (constructor as new () => object);
  } catch {
    return false;
  }
}

/** `Symbol.toStringTag`, unless it is an ordinary property that is shown anyway. */
export function tagOf(value: object): string {
  const tag: unknown = Reflect.get(value, Symbol.toStringTag);
  const isShown = Object.prototype.propertyIsEnumerable.call(value, Symbol.toStringTag);
  return typeof tag === 'string' && !isShown ? tag : '';
}

/** What stands before the brace of an object: `Map(2) `, `Foo [tag] `, `[Object: null prototype] `. */
export function prefixOf(constructor: string | null, tag: string, fallback: string, size = ''): string {
  if (constructor === null) {
    const suffix = tag !== '' && tag !== fallback ? `[${tag}] ` : '';
    return `[${fallback}${size}: null prototype] ${suffix}`;
  }
  return tag !== '' && tag !== constructor ? `${constructor}${size} [${tag}] ` : `${constructor}${size} `;
}

const functionTags: Record<string, string> = {
  AsyncFunction: 'AsyncFunction',
  GeneratorFunction: 'GeneratorFunction',
  AsyncGeneratorFunction: 'AsyncGeneratorFunction',
};

type AnyFunction = (...parameters: never[]) => unknown;

/** `[Function: f]`, `[class A extends B]` and their kin. */
export function functionBase(value: AnyFunction, constructor: string | null, tag: string): string {
  const source = Function.prototype.toString.call(value);
  if (source.startsWith('class') && source.endsWith('}')) return classBase(value, constructor, tag);
  const kind = functionTags[tag] ?? 'Function';
  const lineage = constructor === null ? ' (null prototype)' : '';
  const name = value.name === '' ? ' (anonymous)' : `: ${value.name}`;
  const suffix = tag !== '' && tag !== kind && tag !== constructor ? ` [${tag}]` : '';
  const className = constructor !== null && constructor !== kind && constructor !== 'Function' ? ` ${constructor}` : '';
  return `[${kind}${lineage}${name}]${className}${suffix}`;
}

function classBase(value: AnyFunction, constructor: string | null, tag: string): string {
  const name = Object.hasOwn(value, 'name') && value.name !== '' ? `class ${value.name}` : 'class (anonymous)';
  const kind = constructor !== 'Function' && constructor !== null ? ` [${constructor}]` : '';
  const suffix = tag !== '' && tag !== constructor ? ` [${tag}]` : '';
  if (constructor === null) return `[${name}${kind}${suffix} extends [null prototype]]`;
  const parent: unknown = Object.getPrototypeOf(value);
  const parentName = typeof parent === 'function' ? parent.name : '';
  const extension = parentName === '' ? '' : ` extends ${parentName}`;
  return `[${name}${kind}${suffix}${extension}]`;
}
