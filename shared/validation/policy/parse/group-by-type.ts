import type { SyntaxNode } from './syntax-tree.ts';

export type NodesByType = ReadonlyMap<string, readonly SyntaxNode[]>;

export function groupByType(nodes: readonly SyntaxNode[]): NodesByType {
  const groups = new Map<string, SyntaxNode[]>();
  for (const node of nodes) {
    const group = groups.get(node.type);
    if (group === undefined) groups.set(node.type, [node]);
    else group.push(node);
  }
  return groups;
}
