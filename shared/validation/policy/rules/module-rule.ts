import { listedAs, type ModuleGroup } from '../modules/module-group.ts';
import type { SyntaxNode } from '../parse/syntax-tree.ts';
import type { Objection, Rule } from '../rule.ts';

interface Importing {
  imports: readonly { module: string; node: SyntaxNode; names: readonly string[] }[];
}

/** A rule that objects to importing a module of a group, but for what `safe` names. */
export function forbidModules(
  language: 'py' | 'js',
  group: ModuleGroup,
  safe: ReadonlySet<string>,
): Rule<Importing> {
  const modules = new Set(group.modules);
  return {
    id: `${language}-${group.id}-module`,
    severity: 'medium',
    title: `The module {name} ${group.what}.`,
    cause: group.cause,
    explanation: `Imports, also by a function with a known name, of: ${group.modules.map((name) => `\`${name}\``).join(', ')}.`,
    hint: group.hint,
    denied: group.denied,
    allowed: group.allowed,
    *find({ imports }: Importing): Iterable<Objection> {
      for (const { module, node } of imports) {
        const found = listedAs(module, modules);
        if (found !== null && !safe.has(module)) yield { node, name: module, module: found };
      }
    },
  };
}
