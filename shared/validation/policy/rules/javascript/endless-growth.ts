import { childOf, type SyntaxNode, type SyntaxTree, textOf } from '../../parse/syntax-tree.ts';
import type { JavaScriptRule } from '../../rule.ts';

const loops = ['while_statement', 'for_statement', 'do_statement'];

export const endlessGrowth: JavaScriptRule = {
  id: 'js-endless-growth',
  severity: 'medium',
  title: 'A loop without an end does nothing but grow a value.',
  cause: 'It runs until a limit ends it.',
  explanation: 'A loop on a constant that pushes, adds or concatenates, and never leaves it.',
  hint: 'Give the loop an end.',
  denied: 'const data = [];\nwhile (true) data.push("x".repeat(1000));\n',
  allowed: 'const data = [];\nwhile (data.length < 10) data.push("x".repeat(1000));\n',
  *find({ tree, byType }) {
    for (const type of loops) {
      for (const node of byType.get(type) ?? []) if (onlyGrows(tree, node)) yield { node };
    }
  },
};

function onlyGrows(tree: SyntaxTree, node: SyntaxNode): boolean {
  const body = childOf(node, 'body');
  if (
    body === null ||
    !/^(?:while\s*\(\s*(?:true|1|!0)\s*\)|for\s*\(\s*;\s*;\s*\)|do\b)/.test(textOf(tree, node).slice(0, 40))
  )
    return false;
  const text = textOf(tree, body).slice(0, 400);
  const isGrowing =
    /^\{?\s*\w+(?:\.(?:push|unshift|set|add)\(|\s*\+=\s*|\s*=\s*\w+\s*\+|\s*=\s*\w+\.concat)/.test(text);
  return isGrowing && !/\b(?:if|break|return|yield|await|pop|shift|random)\b/.test(text) && text.length < 300;
}
