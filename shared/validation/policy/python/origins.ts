import { childOf, type SyntaxNode, type SyntaxTree, textOf } from '../parse/syntax-tree.ts';

const decoders =
  /^(?:base64\.\w*decode\w*|zlib\.decompress\w*|bz2\.decompress|lzma\.decompress|gzip\.decompress|codecs\.(?:decode|getdecoder)|bytes\.fromhex|bytearray\.fromhex|binascii\.(?:unhexlify|a2b_\w+)|marshal\.loads?|pickle\.loads?|dill\.loads?)$/;
const receivers =
  /^(?:urllib\.request\.urlopen|urllib2\.urlopen|requests\.(?:get|post|request)|httpx\.(?:get|post)|requests\.Session|http\.client\.\w+)$/;
const receivingMethods = new Set(['recv', 'recvfrom', 'recv_into']);

/** Types that aren't expressions: what is inside them says nothing of what they are. */
const barriers = new Set([
  'module',
  'block',
  'function_definition',
  'class_definition',
  'lambda',
  'if_statement',
  'for_statement',
  'while_statement',
  'try_statement',
  'with_statement',
  'expression_statement',
  'comparison_operator',
  'assignment',
  'decorated_definition',
]);

/** Marks expressions in which decoded or received text is. Names and functions pass it on, wherever they are. */
export function markOrigins(tree: SyntaxTree, byType: ReadonlyMap<string, readonly SyntaxNode[]>): void {
  const carriers = new Map<string, NonNullable<SyntaxNode['origin']>>();
  for (let round = 0; round < 3; round += 1) {
    const before = carriers.size;
    for (const node of byType.get('call') ?? []) raise(node, ownOrigin(tree, node));
    if (carriers.size > 0) {
      for (const node of byType.get('identifier') ?? [])
        raise(node, carriers.get(textOf(tree, node)) ?? null);
    }
    learnCarriers(tree, byType, carriers);
    if (carriers.size === before) return;
  }
}

function ownOrigin(tree: SyntaxTree, node: SyntaxNode): SyntaxNode['origin'] {
  const target = childOf(node, 'function');
  if (target === null) return null;
  const reference = target.reference ?? '';
  if (decoders.test(reference)) return 'decoded';
  if (receivers.test(reference)) return 'received';
  if (target.type !== 'attribute') return null;
  const attribute = childOf(target, 'attribute');
  const method = attribute === null ? '' : textOf(tree, attribute);
  if (receivingMethods.has(method)) return 'received';
  return method === 'join' && isMadeOfCodes(tree, node) ? 'decoded' : null;
}

/** `"".join(chr(c) for c in …)`, `"".join(map(chr, …))` */
function isMadeOfCodes(tree: SyntaxTree, node: SyntaxNode): boolean {
  const list = childOf(node, 'arguments');
  return list !== null && /\bchr\b/.test(textOf(tree, list).slice(0, 300));
}

/** Marks a node and the expressions around it. */
function raise(node: SyntaxNode, origin: SyntaxNode['origin']): void {
  if (origin === null) return;
  for (
    let at: SyntaxNode | null = node;
    at !== null && !barriers.has(at.type) && at.origin === null;
    at = at.parent
  ) {
    at.origin = origin;
  }
}

function learnCarriers(
  tree: SyntaxTree,
  byType: ReadonlyMap<string, readonly SyntaxNode[]>,
  carriers: Map<string, NonNullable<SyntaxNode['origin']>>,
): void {
  for (const type of ['assignment', 'augmented_assignment', 'named_expression']) {
    for (const node of byType.get(type) ?? []) {
      const target = childOf(node, 'left') ?? childOf(node, 'name');
      const origin = (childOf(node, 'right') ?? childOf(node, 'value'))?.origin ?? null;
      if (target?.type === 'identifier' && origin !== null) carriers.set(textOf(tree, target), origin);
    }
  }
  for (const node of byType.get('return_statement') ?? []) {
    const origin = node.children.find((child) => child.origin !== null)?.origin ?? null;
    const name = origin === null ? null : nameOfFunctionAround(node);
    if (name !== null && origin !== null) carriers.set(textOf(tree, name), origin);
  }
}

function nameOfFunctionAround(node: SyntaxNode): SyntaxNode | null {
  for (let at = node.parent; at !== null; at = at.parent) {
    if (at.type === 'function_definition') return childOf(at, 'name');
  }
  return null;
}
