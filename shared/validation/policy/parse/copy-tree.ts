import type { Language, Tree } from 'web-tree-sitter';
import type { SyntaxNode, SyntaxTree } from './syntax-tree.ts';

/** Past these a program isn't looked at: 100 lines have about 1,500 nodes, 20 levels deep. */
export const treeLimits = { nodes: 250_000, depth: 1_500 } as const;

/** Tokens that say nothing which their parent's type doesn't. */
const silentTokens = new Set(['(', ')', '[', ']', '{', '}', ',', ':', ';', '.', '"', "'", '`', '\n']);

/** Copies a tree out of the parser, so that what follows is plain objects; null when it is past the limits. */
export function copyTree(tree: Tree, language: Language, source: string): SyntaxTree | null {
  const { types, fields } = namesOf(language);
  const cursor = tree.walk();
  try {
    const root = newNode('', null, 0, source.length, null);
    const nodes: SyntaxNode[] = [];
    let parent = root;
    let depth = 0;
    let deepest = 0;
    let astNodes = 0;
    for (;;) {
      astNodes += 1;
      if (astNodes > treeLimits.nodes || depth > treeLimits.depth) return null;
      const type = types[cursor.nodeTypeId] ?? 'ERROR';
      const field = fields[cursor.currentFieldId] ?? null;
      const node = newNode(type, field, cursor.startIndex, cursor.endIndex, parent === root ? null : parent);
      if (!silentTokens.has(type)) {
        nodes.push(node);
        parent.children.push(node);
      }
      if (cursor.gotoFirstChild()) {
        parent = node;
        depth += 1;
        if (depth > deepest) deepest = depth;
        continue;
      }
      while (!cursor.gotoNextSibling()) {
        if (!cursor.gotoParent()) return { source, root: nodes[0] ?? root, nodes, astNodes, depth: deepest };
        parent = parent.parent ?? root;
        depth -= 1;
      }
    }
  } finally {
    cursor.delete();
  }
}

function newNode(
  type: string,
  field: string | null,
  start: number,
  end: number,
  parent: SyntaxNode | null,
): SyntaxNode {
  return {
    type,
    field,
    start,
    end,
    parent,
    children: [],
    value: null,
    isComputed: false,
    reference: null,
    isConcealed: false,
    origin: null,
  };
}

const names = new WeakMap<Language, { types: (string | null)[]; fields: (string | null)[] }>();

function namesOf(language: Language) {
  const known = names.get(language);
  if (known !== undefined) return known;
  const types = Array.from({ length: language.nodeTypeCount }, (_, id) => language.nodeTypeForId(id));
  const fields = Array.from({ length: language.fieldCount + 1 }, (_, id) => language.fieldNameForId(id));
  const made = { types, fields };
  names.set(language, made);
  return made;
}
