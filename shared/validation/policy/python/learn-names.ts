import { add } from '../known-values.ts';
import type { Folded, Reference } from '../parse/names.ts';
import { childOf, type SyntaxNode, type SyntaxTree, textOf } from '../parse/syntax-tree.ts';
import { importedNames } from './find-imports.ts';
import { type Aliases, borrowedModule } from './find-reference.ts';
import { canonical } from './names.ts';

/** What the program's own names stand for, wherever they were given; the last one wins. */
export interface Names {
  aliases: Aliases;
  values: ReadonlyMap<string, Folded>;
  size: number;
}

export function newNames(): Names {
  return { aliases: { names: new Map(), starred: [] }, values: new Map(), size: 0 };
}

/** Reads imports, assignments, defaults, loops and `with … as`. Scopes are not told apart. */
export function learnNames(
  tree: SyntaxTree,
  byType: ReadonlyMap<string, readonly SyntaxNode[]>,
  before: Names,
): Names {
  const names = new Map<string, Reference>();
  const values = new Map<string, Folded>();
  const starred: string[] = [];

  const give = (target: SyntaxNode, source: SyntaxNode) => {
    if (target.type !== 'identifier') return pairUp(target, source, give);
    const name = canonical(textOf(tree, target));
    if (source.reference !== null && source.reference !== name) {
      names.set(name, { reference: source.reference, isConcealed: source.isConcealed });
    }
    if (source.value !== null) values.set(name, { value: source.value, isComputed: source.isComputed });
  };

  for (const node of [
    ...(byType.get('import_statement') ?? []),
    ...(byType.get('import_from_statement') ?? []),
  ]) {
    for (const { name, reference } of importedNames(tree, node)) {
      if (name === '*') starred.push(reference);
      else {
        const cut = reference.lastIndexOf('.');
        const borrowed =
          node.type === 'import_from_statement'
            ? borrowedModule(reference.slice(0, Math.max(0, cut)), reference.slice(cut + 1))
            : null;
        names.set(name, { reference: borrowed ?? reference, isConcealed: borrowed !== null });
      }
    }
  }
  for (const type of [
    'assignment',
    'named_expression',
    'default_parameter',
    'typed_default_parameter',
    'for_statement',
    'for_in_clause',
  ]) {
    for (const node of byType.get(type) ?? []) {
      const target = childOf(node, 'left') ?? childOf(node, 'name');
      const source = childOf(node, 'right') ?? childOf(node, 'value');
      if (target !== null && source !== null)
        give(target, type.startsWith('for_') ? { ...source, value: null } : source);
    }
  }
  for (const node of byType.get('augmented_assignment') ?? []) append(tree, node, values);
  return { aliases: { names, starred }, values, size: Math.max(before.size, names.size + values.size) };
}

/** `a, b = eval, exec` */
function pairUp(
  target: SyntaxNode,
  source: SyntaxNode,
  give: (target: SyntaxNode, source: SyntaxNode) => void,
): void {
  const isPattern =
    target.type === 'pattern_list' || target.type === 'tuple_pattern' || target.type === 'list_pattern';
  if (!isPattern || source.children.length !== target.children.length) return;
  for (const [index, inner] of target.children.entries()) {
    const item = source.children[index];
    if (item !== undefined && inner.type === 'identifier') give(inner, item);
  }
}

/** `name += "text"` */
function append(tree: SyntaxTree, node: SyntaxNode, values: Map<string, Folded>): void {
  const [target, source] = [childOf(node, 'left'), childOf(node, 'right')];
  if (target?.type !== 'identifier' || source === null) return;
  const name = canonical(textOf(tree, target));
  const known = values.get(name);
  if (known === undefined || source.value === null || source.value === known.value) return;
  const value = add(known.value, source.value);
  if (value !== null) values.set(name, { value, isComputed: true });
}
