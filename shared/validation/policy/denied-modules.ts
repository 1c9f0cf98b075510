import type { Policy } from '../../domain/policy.ts';
import type { Finding } from './finding.ts';
import { listedAs } from './modules/module-group.ts';
import type { SyntaxNode } from './parse/syntax-tree.ts';
import type { Place } from './source-places.ts';

/** What a program imports, and where first. */
export interface Imported extends Place {
  module: string;
}

interface Importing {
  imports: readonly { module: string; node: SyntaxNode }[];
}

/** The first import of each module. */
export function importedAt({ imports }: Importing, placeOf: (offset: number) => Place): Imported[] {
  const first = new Map<string, SyntaxNode>();
  for (const { module, node } of imports) if (!first.has(module)) first.set(module, node);
  return [...first].slice(0, 500).map(([module, node]) => ({ module, ...placeOf(node.start) }));
}

/** Imports of what the tenant's policy denies by name. */
export function findDeniedModules(imported: readonly Imported[], { denyModules }: Policy): Finding[] {
  if (denyModules.length === 0) return [];
  const denied = new Set(denyModules.map((name) => name.replace(/^node:/, '')));
  return imported.flatMap(({ module, ...place }) =>
    listedAs(module, denied) === null
      ? []
      : [
          {
            ...place,
            rule: 'denied-module',
            severity: 'high' as const,
            message: `The module ${module} is denied by the tenant's policy.`,
            hint: `Do without ${module}.`,
            module: null,
            isForListedModulesOnly: false,
          },
        ],
  );
}
