import type { ParseError } from './to-fault.ts';

/**
 * The first regular expression that the engine can't compile, null when there is none: the parser reads over their
 * patterns. It keeps a list of its own instead of calling itself, since a tree can be as deep as the parser's stack.
 */
export function findBadPattern(program: object): ParseError | null {
  const todo: object[] = [program];
  let first: ParseError | null = null;
  for (let node = todo.pop(); node !== undefined; node = todo.pop()) {
    const found = isPattern(node) ? tryPattern(node) : null;
    if (found !== null && (first === null || found.pos < first.pos)) first = found;
    for (const [key, value] of Object.entries(node)) {
      if (key !== 'loc' && typeof value === 'object' && value !== null) todo.push(value);
    }
  }
  return first;
}

interface PatternNode {
  type: 'RegExpLiteral';
  pattern: string;
  flags: string;
  start: number;
  loc: { start: { line: number; column: number } };
}

function isPattern(node: object): node is PatternNode {
  return 'type' in node && node.type === 'RegExpLiteral';
}

/** Nothing is matched: this only compiles it. */
function tryPattern({ pattern, flags, start, loc }: PatternNode): ParseError | null {
  try {
    new RegExp(pattern, flags);
    return null;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { message, reasonCode: 'InvalidPattern', pos: start, loc: loc.start };
  }
}
