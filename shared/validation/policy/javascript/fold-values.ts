import {
  add,
  bounded,
  decode,
  flatText,
  fromCodes,
  isList,
  isNumber,
  isText,
  join,
  reverse,
} from '../known-values.ts';
import type { Folded, KnownNames } from '../parse/names.ts';
import { childOf, type KnownValue, type SyntaxNode, type SyntaxTree, textOf } from '../parse/syntax-tree.ts';
import { identifierOf, readString } from './string-literal.ts';

const unknown: Folded = { value: null, isComputed: false };
const arithmetic: Readonly<Record<string, (one: number, other: number) => number>> = {
  '-': (one, other) => one - other,
  '*': (one, other) => one * other,
  '**': (one, other) => one ** other,
  '<<': (one, other) => one << other,
  '^': (one, other) => one ^ other,
  '/': (one, other) => one / other,
};

/** What an expression comes to, from what its parts come to; nothing is run. */
export function foldValue(tree: SyntaxTree, node: SyntaxNode, names: KnownNames): Folded {
  switch (node.type) {
    case 'string':
    case 'template_string': {
      const { text, isEscaped } = readString(tree, node);
      return {
        value: bounded(text),
        isComputed: isEscaped || node.children.some((part) => part.type === 'template_substitution'),
      };
    }
    case 'number': {
      const value = Number(textOf(tree, node).replaceAll('_', '').replace(/n$/, ''));
      return { value: Number.isNaN(value) ? null : value, isComputed: false };
    }
    case 'identifier':
      return names.get(identifierOf(tree, node)) ?? unknown;
    case 'array':
      return listOf(node);
    case 'parenthesized_expression':
    case 'as_expression':
    case 'satisfies_expression':
    case 'non_null_expression':
    case 'spread_element':
      return foldedOf(node.children.find((child) => child.value !== null) ?? null);
    case 'binary_expression':
      return binary(tree, node);
    case 'call_expression':
      return called(tree, node);
    default:
      return unknown;
  }
}

function computed(value: KnownValue | null): Folded {
  return { value, isComputed: value !== null };
}

function foldedOf(node: SyntaxNode | null): Folded {
  return node === null ? unknown : { value: node.value, isComputed: node.isComputed };
}

function listOf({ children }: SyntaxNode): Folded {
  if (children.length === 0 || children.length > 2_000) return unknown;
  const [first] = children;
  if (children.length === 1 && first?.type === 'spread_element' && isText(first.value))
    return computed([...first.value]);
  return {
    value: children.map(({ value }) => value ?? '\0'),
    isComputed: children.some((item) => item.isComputed),
  };
}

function binary(tree: SyntaxTree, node: SyntaxNode): Folded {
  const operator = childOf(node, 'operator');
  const [left, right] = [childOf(node, 'left')?.value ?? null, childOf(node, 'right')?.value ?? null];
  const sign = operator === null ? '' : textOf(tree, operator);
  if (sign === '+') return computed(add(left, right));
  const work = arithmetic[sign];
  return work !== undefined && isNumber(left) && isNumber(right)
    ? { value: work(left, right), isComputed: false }
    : unknown;
}

function called(tree: SyntaxTree, node: SyntaxNode): Folded {
  const target = childOf(node, 'function');
  if (target === null) return unknown;
  const values = (childOf(node, 'arguments')?.children ?? []).map(({ value }) => value);
  const owner = target.type === 'member_expression' ? childOf(target, 'object') : null;
  const property = target.type === 'member_expression' ? childOf(target, 'property') : null;
  if (owner !== null && property !== null && owner.value !== null) {
    return ofMethod(identifierOf(tree, property), owner, values);
  }
  return ofFunction(target.reference ?? '', values);
}

function ofMethod(method: string, owner: SyntaxNode, values: readonly (KnownValue | null)[]): Folded {
  const { value } = owner;
  const [first = null, second = null] = values;
  switch (method) {
    case 'join':
      return computed(join(value, isText(first) ? first : ','));
    case 'reverse':
    case 'toReversed':
      return computed(reverse(value));
    case 'split':
      return isText(value) ? computed(bounded(value.split(isText(first) ? first : '\u{F0000}'))) : unknown;
    case 'concat':
      return computed(values.reduce((sum, part) => add(sum, part), value));
    case 'replace':
    case 'replaceAll':
      return isText(value) && isText(first) && isText(second)
        ? computed(value.replaceAll(first, second))
        : unknown;
    case 'toLowerCase':
      return isText(value) ? computed(value.toLowerCase()) : unknown;
    case 'toUpperCase':
      return isText(value) ? computed(value.toUpperCase()) : unknown;
    case 'slice':
    case 'substring':
      return isNumber(first) && (isText(value) || isList(value))
        ? computed(value.slice(first, isNumber(second) ? second : undefined))
        : unknown;
    case 'map':
      return isList(value)
        ? {
            value: value.map((item) => (isNumber(item) ? (fromCodes([item]) ?? item) : item)),
            isComputed: true,
          }
        : unknown;
    case 'trim':
    case 'toString':
      return isText(value) ? foldedOf(owner) : unknown;
    case 'at':
    case 'charAt':
      return isNumber(first) && isText(value) ? computed(value.at(first) ?? null) : unknown;
    default:
      return unknown;
  }
}

function ofFunction(name: string, values: readonly (KnownValue | null)[]): Folded {
  const [first = null, second = null] = values;
  switch (name) {
    case 'String.fromCharCode':
    case 'String.fromCodePoint':
      return computed(
        fromCodes(
          isList(first) ? first : values.every((value) => value !== null) ? (values as KnownValue[]) : null,
        ),
      );
    case 'String.fromCharCode.apply':
      return computed(fromCodes(second));
    case 'atob':
      return computed(decode(first, 'base64'));
    case 'unescape':
    case 'decodeURIComponent':
      return computed(
        isText(first)
          ? first.replaceAll(/%([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
          : null,
      );
    case 'Buffer.from':
      if (isList(first)) return computed(fromCodes(first));
      return isText(second) ? computed(decode(first, second)) : { value: first, isComputed: false };
    case 'path.join':
    case 'path.resolve':
      return { value: values.map((part) => (isText(part) ? part : '\0')).join('/'), isComputed: false };
    case 'String':
      return { value: flatText(first), isComputed: false };
    default:
      return unknown;
  }
}
