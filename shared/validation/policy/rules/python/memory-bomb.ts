import { isNumber } from '../../known-values.ts';
import { childOf, type SyntaxNode, type SyntaxTree, textOf } from '../../parse/syntax-tree.ts';
import type { PythonRule } from '../../rule.ts';

/** No sandbox has room for this many items or bytes. */
const tooMany = 2 ** 31;

export const memoryBomb: PythonRule = {
  id: 'py-memory-bomb',
  severity: 'high',
  title: 'It asks for more memory than any sandbox has.',
  cause: 'It ends the process that has to hold it, at best.',
  explanation: 'A text or list times a number of 2^31 or more, as many bytes, or a power of a power.',
  hint: 'Work on smaller pieces, or with a generator.',
  denied: 'data = "x" * 10 ** 12\n',
  allowed: 'data = "x" * 10 ** 6\nprint(len(data))\n',
  *find({ tree, byType, calls }) {
    for (const node of byType.get('binary_operator') ?? []) if (isTooMuch(tree, node)) yield { node };
    for (const { node, reference, arguments: given } of calls) {
      if (/^(?:bytes|bytearray)$/.test(reference) && Number(given[0]?.value ?? 0) >= tooMany) yield { node };
      const isList = /^(?:list|tuple)$/.test(reference);
      const [range] = isList ? (childOf(given[0] ?? node, 'arguments')?.children ?? []) : [];
      if (isList && given[0]?.type === 'call' && Number(range?.value ?? 0) >= tooMany) yield { node };
    }
  },
};

/** Numbers alone: a name can be another number each time. */
const literal = /^[\d\s*()_<xe+.-]{1,80}$/i;

function isTooMuch(tree: SyntaxTree, node: SyntaxNode): boolean {
  const [left, right] = [childOf(node, 'left'), childOf(node, 'right')];
  const operator = childOf(node, 'operator');
  if (left === null || right === null || operator === null) return false;
  const sign = textOf(tree, operator);
  const isBig = (number: SyntaxNode, least: number) =>
    isAtLeast(number, least) && literal.test(textOf(tree, number).slice(0, 100));
  if (sign === '*')
    return (isSequence(left) && isBig(right, tooMany)) || (isSequence(right) && isBig(left, tooMany));
  return sign === '**' && isBig(left, 2) && isBig(right, 100_000_000);
}

function isSequence({ type }: SyntaxNode): boolean {
  return type === 'string' || type === 'list' || type === 'tuple' || type === 'concatenated_string';
}

function isAtLeast({ value }: SyntaxNode, least: number): boolean {
  return isNumber(value) && value >= least;
}
