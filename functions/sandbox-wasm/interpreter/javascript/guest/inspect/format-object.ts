import { describe } from './describe.ts';
import { arrange } from './layout.ts';
import { constructorName, prefixOf, tagOf } from './names.ts';
import type { Context } from './options.ts';
import { formatProperty } from './properties.ts';

/** An object's text: what it is, its elements, its properties, arranged on one line or several. */
export function formatObject(context: Context, value: object, depth: number, isTyped: boolean): string {
  const constructor = constructorName(value);
  const tag = tagOf(value);
  const description = describe(context, value, depth, constructor, tag, isTyped);
  if (typeof description === 'string') return description;
  if (depth > context.depth) {
    const name = prefixOf(constructor, tag, Array.isArray(value) ? 'Array' : 'Object').slice(0, -1);
    return `[${name.startsWith('[') ? name.slice(1, -1) : name}]`;
  }

  const inner = depth + 1;
  context.seen.push(value);
  context.currentDepth = inner;
  const parts = description.elements(inner);
  const shape = description.isArray ? 'array' : 'object';
  for (const key of description.keys) parts.push(formatProperty(context, value, inner, key));
  context.seen.pop();
  if (context.sorted !== false && shape === 'object') {
    parts.sort(context.sorted === true ? undefined : context.sorted);
  }

  const reference = context.circular.get(value);
  const mark = reference === undefined ? '' : `<ref *${reference}>`;
  const base = [mark, description.base].filter((part) => part !== '').join(' ');
  return arrange(context, parts, { base, open: description.open, close: description.close, shape, depth: inner, value });
}
