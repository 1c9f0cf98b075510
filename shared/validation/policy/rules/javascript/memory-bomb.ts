import { isNumber } from '../../known-values.ts';
import { childOf, type SyntaxNode, type SyntaxTree, textOf } from '../../parse/syntax-tree.ts';
import type { JavaScriptRule } from '../../rule.ts';

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

export const memoryBomb: JavaScriptRule = {
  id: 'js-memory-bomb',
  severity: 'high',
  title: 'It asks for more memory than any sandbox has.',
  cause: 'It ends the process that has to hold it, at best.',
  explanation:
    'Arrays and buffers of 2^31 items or more that are filled, texts repeated as often, and endless loops that do nothing but grow a value.',
  hint: 'Work on smaller pieces, or with a generator.',
  denied: 'const data = [];\nwhile (true) data.push("x".repeat(1000));\n',
  allowed: 'const data = "x".repeat(1000);\nconsole.log(data.length);\n',
  *find({ tree, byType, calls }) {
    for (const { node, reference, arguments: given } of calls) {
      const size = given[0]?.value ?? null;
      if (/^(?:Buffer\.alloc\w*|Array|Uint8Array)$/.test(reference) && isNumber(size) && size >= 2 ** 31)
        yield { node };
    }
    for (const node of byType.get('call_expression') ?? []) {
      const target = childOf(node, 'function');
      const [first] = childOf(node, 'arguments')?.children ?? [];
      const isRepeat =
        target !== null && /\.(?:repeat|padEnd|padStart)$/.test(textOf(tree, target).slice(-10));
      if (isRepeat && isNumber(first?.value ?? null) && Number(first?.value) >= 2 ** 29) yield { node };
    }
    for (const type of ['while_statement', 'for_statement', 'do_statement']) {
      for (const node of byType.get(type) ?? []) if (onlyGrows(tree, node)) yield { node };
    }
  },
};
