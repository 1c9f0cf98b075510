import type { Folded, Reference } from '../parse/names.ts';
import { childOf, type SyntaxNode, type SyntaxTree } from '../parse/syntax-tree.ts';
import { importsOf } from './find-imports.ts';
import { memberName } from './names.ts';
import { identifierOf } from './string-literal.ts';

export interface Names {
  aliases: ReadonlyMap<string, Reference>;
  values: ReadonlyMap<string, Folded>;
}

/** Reads imports, declarations, assignments and patterns. Scopes are not told apart. */
export function learnNames(tree: SyntaxTree, byType: ReadonlyMap<string, readonly SyntaxNode[]>): Names {
  const aliases = new Map<string, Reference>();
  const values = new Map<string, Folded>();

  const give = (target: SyntaxNode, source: SyntaxNode) => {
    if (target.type === 'object_pattern') return takeMembers(tree, target, source, aliases);
    if (target.type === 'array_pattern' && source.type === 'array') {
      for (const [index, inner] of target.children.entries()) {
        const item = source.children[index];
        if (item !== undefined && inner.type === 'identifier') give(inner, item);
      }
      return;
    }
    if (target.type !== 'identifier') return;
    const name = identifierOf(tree, target);
    const { reference, isConcealed, value, isComputed } = source;
    if (reference !== null && reference !== name) aliases.set(name, { reference, isConcealed });
    if (value !== null) values.set(name, { value, isComputed });
  };

  for (const { local, reference } of importsOf(tree, byType).flatMap(({ locals }) => locals)) {
    aliases.set(local, { reference, isConcealed: false });
  }
  for (const type of [
    'variable_declarator',
    'assignment_expression',
    'assignment_pattern',
    'for_in_statement',
  ]) {
    for (const node of byType.get(type) ?? []) {
      const target = childOf(node, 'name') ?? childOf(node, 'left');
      const source = childOf(node, 'value') ?? childOf(node, 'right');
      if (target !== null && source !== null) give(target, source);
    }
  }
  return { aliases, values };
}

/** `const { exec, spawn: run } = require("child_process")` */
function takeMembers(
  tree: SyntaxTree,
  pattern: SyntaxNode,
  source: SyntaxNode,
  aliases: Map<string, Reference>,
): void {
  if (source.reference === null) return;
  for (const item of pattern.children) {
    const key = childOf(item, 'key') ?? childOf(item, 'left') ?? item;
    const local = childOf(item, 'value') ?? childOf(item, 'left') ?? item;
    if (!/identifier/.test(local.type)) continue;
    const reference = memberName(source.reference, identifierOf(tree, key));
    aliases.set(identifierOf(tree, local), { reference, isConcealed: source.isConcealed });
  }
}
