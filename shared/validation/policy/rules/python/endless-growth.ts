import { childOf, type SyntaxNode, type SyntaxTree, textOf } from '../../parse/syntax-tree.ts';
import type { PythonRule } from '../../rule.ts';

export const endlessGrowth: PythonRule = {
  id: 'py-endless-growth',
  severity: 'medium',
  title: 'A loop without an end does nothing but grow a value.',
  cause: 'It runs until a limit ends it.',
  explanation:
    'A `while True` of one or two statements that append, add, multiply or write, and never leave it.',
  hint: 'Give the loop an end.',
  denied: 'data = []\nwhile True:\n    data.append(" " * 1000)\n',
  allowed: 'data = []\nwhile len(data) < 10:\n    data.append(" " * 1000)\n',
  *find({ tree, byType }) {
    for (const node of byType.get('while_statement') ?? []) if (onlyGrows(tree, node)) yield { node };
  },
};

/** `while True: data.append(…)` and no more. */
function onlyGrows(tree: SyntaxTree, node: SyntaxNode): boolean {
  const [condition, body] = [childOf(node, 'condition'), childOf(node, 'body')];
  if (
    condition === null ||
    body === null ||
    body.children.length > 2 ||
    !/^(?:True|1)$/.test(textOf(tree, condition))
  )
    return false;
  const text = textOf(tree, body).slice(0, 400);
  return (
    /^\w+(?:\.(?:append|extend|write)\(|\s*\+=|\s*\*=|\s*=\s*\w+\s*[+*])/.test(text) &&
    !/\b(?:if|break|return|yield|next|input|read\w*|recv|random|pop)\b/.test(text)
  );
}
