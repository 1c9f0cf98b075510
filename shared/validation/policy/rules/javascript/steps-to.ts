import { identifierOf } from '../../javascript/string-literal.ts';
import { isText } from '../../known-values.ts';
import { childOf, type SyntaxNode, type SyntaxTree } from '../../parse/syntax-tree.ts';

const mostSteps = 12;

/** The members that lead to an expression, the last one first, by dots and by known texts as index. */
export function stepsTo(tree: SyntaxTree, node: SyntaxNode): string[] {
  const steps: string[] = [];
  for (let at: SyntaxNode | null = node; at !== null && steps.length < mostSteps; at = ownerOf(at)) {
    const property = childOf(at, 'property');
    const index = childOf(at, 'index')?.value;
    if (property !== null) steps.push(identifierOf(tree, property));
    else if (isText(index)) steps.push(index);
    else if (at.type === 'subscript_expression') steps.push('?');
  }
  return steps;
}

function ownerOf(node: SyntaxNode): SyntaxNode | null {
  if (node.type === 'parenthesized_expression' || node.type === 'non_null_expression')
    return node.children[0] ?? null;
  return childOf(node, 'object') ?? childOf(node, 'function');
}
