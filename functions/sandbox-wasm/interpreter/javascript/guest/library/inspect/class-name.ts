import type { Inspection } from './inspection.ts';

/**
 * The name of the nearest class that made the object; null for a null prototype. An object whose
 * prototype chain names no class prints as `Object <…>`, like Node.
 */
export function classNameOf(value: object, level: number, inspection: Inspection): string | null {
  let holder: object | null = value;
  let steps = 0;
  while (holder !== null && steps++ < 1_000) {
    const descriptor = Object.getOwnPropertyDescriptor(holder, 'constructor');
    const maker: unknown = descriptor?.value;
    if (typeof maker === 'function' && maker.name !== '' && isInstance(value, maker)) return `${maker.name}`;
    holder = Object.getPrototypeOf(holder);
  }
  const parent: object | null = Object.getPrototypeOf(value);
  if (parent === null) return null;
  const kind = builtInKind(value);
  if (level > inspection.depth) return `${kind} <Complex prototype>`;
  const parentName = classNameOf(parent, level + 1, inspection);
  return `${kind} <${parentName ?? inspection.print(parent, inspection.depth + 1)}>`;
}

function isInstance(value: object, maker: unknown): boolean {
  try {
    return typeof maker === 'function' && value instanceof maker;
  } catch {
    return false;
  }
}

/** "Array" of "[object Array]": the engine's own idea of what the object is. */
export function builtInKind(value: object): string {
  return Object.prototype.toString.call(value).slice(8, -1);
}

/** The words in front of an opening brace, ending in a space: `Foo(2) [tag] `. */
export function prefixFor(className: string | null, tag: string, fallback: string, size = ''): string {
  if (className === null) {
    const base = `[${fallback}${size}: null prototype] `;
    return tag !== '' && fallback !== tag ? `${base}[${tag}] ` : base;
  }
  return tag !== '' && className !== tag ? `${className}${size} [${tag}] ` : `${className}${size} `;
}
