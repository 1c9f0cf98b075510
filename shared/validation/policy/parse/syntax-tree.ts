/** What an expression is known to be without running it. Lists are of such values. */
export type KnownValue = string | number | readonly KnownValue[];

/**
 * A node of the syntax tree, copied out of the parser, and what reading the program found out about it. Expressions
 * that can't be told keep their nulls.
 */
export interface SyntaxNode {
  readonly type: string;
  /** Its role in the parent, such as `left`. */
  readonly field: string | null;
  /** UTF-16 offsets into the source. */
  readonly start: number;
  readonly end: number;
  readonly parent: SyntaxNode | null;
  readonly children: SyntaxNode[];
  value: KnownValue | null;
  /** The value was put together or decoded instead of written down. */
  isComputed: boolean;
  /** The full name of what it refers to, such as `os.system` for `s` after `from os import system as s`. */
  reference: string | null;
  /** It came to that reference by a detour that hides the name. */
  isConcealed: boolean;
  /** Text that was decoded, or that came from outside, is somewhere in it. */
  origin: 'decoded' | 'received' | null;
}

/** A program as nodes, each parent before its children. */
export interface SyntaxTree {
  readonly source: string;
  readonly root: SyntaxNode;
  readonly nodes: readonly SyntaxNode[];
  /** Counts tokens too, which `nodes` leaves out where they say nothing. */
  readonly astNodes: number;
  readonly depth: number;
}

export function textOf({ source }: SyntaxTree, { start, end }: SyntaxNode): string {
  return source.slice(start, end);
}

export function childOf({ children }: SyntaxNode, field: string): SyntaxNode | null {
  return children.find((child) => child.field === field) ?? null;
}

export function childrenOf({ children }: SyntaxNode, field: string): SyntaxNode[] {
  return children.filter((child) => child.field === field);
}

export function hasAncestor(node: SyntaxNode, matches: (ancestor: SyntaxNode) => boolean): boolean {
  for (let at = node.parent; at !== null; at = at.parent) if (matches(at)) return true;
  return false;
}

/** The nodes inside, each before its children; without recursion, and at most `most` of them. */
export function descendantsOf(node: SyntaxNode, most = 2_000): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  const waiting = [...node.children].reverse();
  for (let next = waiting.pop(); next !== undefined && found.length < most; next = waiting.pop()) {
    found.push(next);
    for (let index = next.children.length - 1; index >= 0; index -= 1) {
      waiting.push(next.children[index] as SyntaxNode);
    }
  }
  return found;
}
