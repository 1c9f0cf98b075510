import { childOf, type SyntaxNode, textOf } from '../../parse/syntax-tree.ts';
import type { PythonFacts } from '../../python/python-facts.ts';
import type { Objection } from '../../rule.ts';

/** Uses of builtins, under whatever name; not definitions, parameters and keyword arguments that are called like one. */
export function* mentionsOf({ tree, byType }: PythonFacts, names: ReadonlySet<string>): Iterable<Objection> {
  const own = new Set(
    ['function_definition', 'class_definition'].flatMap((type) =>
      (byType.get(type) ?? []).flatMap((node) => {
        const name = isMethod(node) ? null : childOf(node, 'name');
        return name === null ? [] : [textOf(tree, name)];
      }),
    ),
  );
  for (const type of ['identifier', 'attribute', 'subscript', 'call']) {
    for (const node of byType.get(type) ?? []) {
      const { reference } = node;
      if (reference === null || !names.has(reference) || isOwnName(node)) continue;
      if (type === 'identifier' && own.has(textOf(tree, node))) continue;
      yield { node, name: reference };
    }
  }
}

function isMethod({ parent }: SyntaxNode): boolean {
  return parent?.parent?.type === 'class_definition' || parent?.parent?.parent?.type === 'class_definition';
}

function isOwnName({ field, parent }: SyntaxNode): boolean {
  if (parent === null) return false;
  if (field === 'name' || field === 'attribute' || field === 'alias') return true;
  return parent.type === 'parameters' || parent.type === 'lambda_parameters' || parent.type === 'dotted_name';
}
