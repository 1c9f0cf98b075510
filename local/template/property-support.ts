import type { Json } from './template.ts';

/** What the local cloud does with one property of a resource type. */
export type PropertySupport =
  | { readonly kind: 'honoured' }
  /** Read by nobody, because of `reason`: it has no meaning on loopback. Its intrinsics aren't resolved. */
  | { readonly kind: 'inert'; readonly reason: string }
  /** Honoured for these values alone. */
  | { readonly kind: 'only'; readonly values: readonly Json[] }
  /** An object, or a list of objects, with these members. */
  | { readonly kind: 'members'; readonly members: SupportTable };

export type SupportTable = Readonly<Record<string, PropertySupport>>;

export const honoured: PropertySupport = { kind: 'honoured' };
export const inert = (reason: string): PropertySupport => ({ kind: 'inert', reason });
export const only = (...values: Json[]): PropertySupport => ({ kind: 'only', values });
export const members = (table: SupportTable): PropertySupport => ({ kind: 'members', members: table });

/** Reports what a resolved value asks beyond its support; `path` names the place in the resource. */
export function checkSupport(
  support: PropertySupport | undefined,
  value: Json | undefined,
  path: string,
  siblings: SupportTable,
  report: (property: string, message: string) => void,
): void {
  if (value === undefined) return;
  if (support === undefined) {
    report(path, `isn't supported; supported here: ${Object.keys(siblings).sort().join(', ')}`);
    return;
  }
  switch (support.kind) {
    case 'honoured':
    case 'inert':
      return;
    case 'only':
      if (!support.values.some((allowed) => JSON.stringify(allowed) === JSON.stringify(value))) {
        report(
          path,
          `${JSON.stringify(value)} isn't supported; supported: ${JSON.stringify(support.values)}`,
        );
      }
      return;
    case 'members': {
      const objects = Array.isArray(value) ? (value as readonly Json[]) : [value];
      for (const [index, object] of objects.entries()) {
        const place = Array.isArray(value) ? `${path}[${index}]` : path;
        if (object === null || typeof object !== 'object' || Array.isArray(object)) {
          report(place, 'must be an object');
          continue;
        }
        for (const [name, member] of Object.entries(object)) {
          checkSupport(support.members[name], member, `${place}.${name}`, support.members, report);
        }
      }
      return;
    }
    default:
      support satisfies never;
  }
}

/** Leaves inert properties out, so that what they hold needn't be resolvable. */
export function withoutInert(value: Json, table: SupportTable): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map((entry) => withoutInert(entry, table));
  if (value === null || typeof value !== 'object') return value;
  const kept = Object.entries(value).flatMap(([name, member]): [string, Json][] => {
    const support = table[name];
    if (support?.kind === 'inert') return [];
    return [[name, support?.kind === 'members' ? withoutInert(member, support.members) : member]];
  });
  return Object.fromEntries(kept);
}
