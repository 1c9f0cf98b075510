import { childOf, type SyntaxNode, type SyntaxTree, textOf } from '../../parse/syntax-tree.ts';
import { canonical, innerAttributes } from '../../python/names.ts';
import type { PythonRule } from '../../rule.ts';

export const innerAttribute: PythonRule = {
  id: 'py-inner-attribute',
  severity: 'medium',
  title: 'The attribute {name} leads into the interpreter.',
  cause: 'From any value a chain of such attributes reaches every class, frame and builtin there is.',
  explanation: `${[...innerAttributes].map((name) => `\`${name}\``).join(', ')}. Definitions of methods, \`__name__ == "__main__"\`, \`x.__class__.__name__\` and \`type(x).__name__\` are fine.`,
  hint: 'Use type(x), isinstance and ordinary attributes instead of {name}.',
  denied: 'print([].__class__.__base__)\n',
  allowed:
    'class Point:\n    def __repr__(self):\n        return self.__class__.__name__\n\n\nprint(Point())\n',
  *find({ tree, byType }) {
    for (const node of byType.get('attribute') ?? []) {
      const attribute = childOf(node, 'attribute');
      const name = attribute === null ? '' : canonical(textOf(tree, attribute));
      if (!innerAttributes.has(name) || isNameOfClass(tree, node, name)) continue;
      yield { node: attribute, name };
    }
  },
};

/** `x.__class__.__name__`, `x.__class__(…)`, `other.__class__ is …` ask for no more than the type; also `__module__`. */
function isNameOfClass(tree: SyntaxTree, node: SyntaxNode, name: string): boolean {
  if (name !== '__class__') return name === '__module__';
  const { parent } = node;
  if (parent?.type === 'comparison_operator') return true;
  const next = parent?.type === 'attribute' ? childOf(parent, 'attribute') : null;
  return next !== null && /^__(?:qual)?name__$|^__doc__$|^__module__$/.test(textOf(tree, next));
}
