import { childOf, type SyntaxNode, type SyntaxTree, textOf } from '../parse/syntax-tree.ts';

const decoders =
  /^(?:atob|unescape|decodeURIComponent|String\.fromCharCode(?:\.apply)?|zlib\.\w*(?:unzip|inflate|gunzip)\w*)$/;
const receivers = /^(?:fetch|axios(?:\.\w+)?|https?\.get|got|node-fetch)$/;
const barriers = /statement|declaration|function|class|program|arrow_function|block|declarator/;

/** Marks expressions in which decoded or received text is. Names pass it on, wherever they are. */
export function markOrigins(tree: SyntaxTree, byType: ReadonlyMap<string, readonly SyntaxNode[]>): void {
  const carriers = new Map<string, NonNullable<SyntaxNode['origin']>>();
  for (let round = 0; round < 3; round += 1) {
    const before = carriers.size;
    for (const node of byType.get('call_expression') ?? []) raise(node, ownOrigin(node));
    if (carriers.size > 0) {
      for (const node of byType.get('identifier') ?? [])
        raise(node, carriers.get(textOf(tree, node)) ?? null);
    }
    for (const type of ['variable_declarator', 'assignment_expression', 'augmented_assignment_expression']) {
      for (const node of byType.get(type) ?? []) {
        const target = childOf(node, 'name') ?? childOf(node, 'left');
        const origin = (childOf(node, 'value') ?? childOf(node, 'right'))?.origin ?? null;
        if (target?.type === 'identifier' && origin !== null) carriers.set(textOf(tree, target), origin);
      }
    }
    if (carriers.size === before) return;
  }
}

function ownOrigin(node: SyntaxNode): SyntaxNode['origin'] {
  const reference = childOf(node, 'function')?.reference ?? '';
  if (decoders.test(reference)) return 'decoded';
  if (receivers.test(reference)) return 'received';
  const encoding = reference === 'Buffer.from' ? childOf(node, 'arguments')?.children[1]?.value : null;
  return encoding === 'base64' || encoding === 'hex' ? 'decoded' : null;
}

function raise(node: SyntaxNode, origin: SyntaxNode['origin']): void {
  if (origin === null) return;
  for (
    let at: SyntaxNode | null = node;
    at !== null && !barriers.test(at.type) && at.origin === null;
    at = at.parent
  ) {
    at.origin = origin;
  }
}
