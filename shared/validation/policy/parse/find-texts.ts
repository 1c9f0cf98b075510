import type { TextFact } from '../analysis.ts';
import { flatText } from '../known-values.ts';
import { searchable } from '../texts/searchable.ts';
import type { SyntaxNode, SyntaxTree } from './syntax-tree.ts';

/** Expressions with a known text that aren't part of a longer known text; of very many, the shorter ones. */
export function findTexts({ nodes }: SyntaxTree): TextFact[] {
  const found: TextFact[] = [];
  for (const node of nodes) {
    const text = flatText(node.value);
    if (text === null || text.length < 2 || hasText(node.parent)) continue;
    // A text on its own is a docstring.
    if (node.parent?.type !== 'expression_statement' || node.type === 'call') found.push({ text, node });
  }
  return searchable(found);
}

function hasText(node: SyntaxNode | null): boolean {
  return node !== null && flatText(node.value) !== null;
}
