import {
  add,
  bounded,
  decode,
  fill,
  flatText,
  fromCode,
  fromCodes,
  isList,
  isNumber,
  isText,
  join,
  reverse,
} from '../known-values.ts';
import type { Folded, KnownNames } from '../parse/names.ts';
import {
  childOf,
  childrenOf,
  type KnownValue,
  type SyntaxNode,
  type SyntaxTree,
  textOf,
} from '../parse/syntax-tree.ts';
import { readString } from './string-literal.ts';

const unknown: Folded = { value: null, isComputed: false };
const arithmetic: Readonly<Record<string, (one: number, other: number) => number>> = {
  '-': (one, other) => one - other,
  '*': (one, other) => one * other,
  '**': (one, other) => one ** other,
  '<<': (one, other) => one * 2 ** other,
  '^': (one, other) => one ^ other,
  '//': (one, other) => Math.floor(one / other),
  '%': (one, other) => one % other,
};

/** What an expression comes to, from what its parts come to; nothing is run. */
export function foldValue(tree: SyntaxTree, node: SyntaxNode, names: KnownNames): Folded {
  switch (node.type) {
    case 'string': {
      const { text, isEscaped } = readString(tree, node);
      return {
        value: bounded(text),
        isComputed: isEscaped || node.children.some((part) => part.type === 'interpolation'),
      };
    }
    case 'concatenated_string':
      return computed(
        join(
          node.children.filter((part) => part.type === 'string').map((part) => part.value ?? ''),
          '',
        ),
      );
    case 'integer':
    case 'float':
      return { value: numberOf(textOf(tree, node)), isComputed: false };
    case 'identifier':
      return names.get(textOf(tree, node)) ?? unknown;
    case 'list':
    case 'tuple':
      return listOf(node);
    case 'parenthesized_expression':
    case 'named_expression':
    case 'keyword_argument':
      return foldedOf(childOf(node, 'value') ?? node.children.at(-1) ?? null);
    case 'unary_operator':
      return negated(tree, node);
    case 'binary_operator':
      return binary(tree, node);
    case 'subscript':
      return picked(tree, node);
    case 'call':
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

function numberOf(text: string): number | null {
  const value = Number(text.replaceAll('_', ''));
  return Number.isNaN(value) ? null : value;
}

function listOf(node: SyntaxNode): Folded {
  if (node.children.length > 2_000) return unknown;
  const items = node.children.map(({ value }) => value ?? '\0');
  return items.length === 0
    ? unknown
    : { value: items, isComputed: node.children.some((item) => item.isComputed) };
}

function negated(tree: SyntaxTree, node: SyntaxNode): Folded {
  const value = childOf(node, 'argument')?.value ?? null;
  return isNumber(value) && textOf(tree, node).startsWith('-')
    ? { value: -value, isComputed: false }
    : unknown;
}

function binary(tree: SyntaxTree, node: SyntaxNode): Folded {
  const operator = childOf(node, 'operator');
  const left = childOf(node, 'left')?.value ?? null;
  const right = childOf(node, 'right')?.value ?? null;
  const sign = operator === null ? '' : textOf(tree, operator);
  if (sign === '+') return computed(add(left, right));
  if (sign === '%' && isText(left)) return computed(fill(left, isList(right) ? right : [right]));
  if (sign === '*' && isText(left) && isNumber(right) && right <= 64)
    return computed(bounded(left.repeat(Math.max(0, right))));
  const work = arithmetic[sign];
  return work !== undefined && isNumber(left) && isNumber(right)
    ? { value: work(left, right), isComputed: false }
    : unknown;
}

/** `x[::-1]`, `x[2]`, `x[1:3]` */
function picked(tree: SyntaxTree, node: SyntaxNode): Folded {
  const value = childOf(node, 'value')?.value ?? null;
  const [index] = childrenOf(node, 'subscript');
  if (index === undefined || !(isText(value) || isList(value))) return unknown;
  if (index.type === 'slice') {
    const [start, stop, step = 1] = textOf(tree, index)
      .split(':')
      .map((part) => (part.trim() === '' ? undefined : Number(part)));
    if (step === -1) return computed(reverse(value));
    if (step === 1) return computed(value.slice(start, stop));
    return computed(bounded(everyNth(value.slice(start, stop), step)));
  }
  return isNumber(index.value) ? computed(value.at(index.value) ?? null) : unknown;
}

function everyNth(value: string | readonly KnownValue[], step: number): KnownValue | null {
  if (!(step > 1)) return null;
  const taken = [...value].filter((_, index) => index % step === 0);
  return isText(value) ? taken.join('') : taken;
}

function called(tree: SyntaxTree, node: SyntaxNode): Folded {
  const target = childOf(node, 'function');
  const list = childOf(node, 'arguments');
  if (target === null || list === null) return unknown;
  const values =
    list.type === 'generator_expression'
      ? [generated(tree, list)]
      : list.children.map((item) => item.value ?? comprehended(tree, item));
  if (target.type === 'attribute') {
    const owner = childOf(target, 'object');
    const method = childOf(target, 'attribute');
    if (owner !== null && method !== null && owner.value !== null) {
      return ofMethod(textOf(tree, method), owner, values);
    }
  }
  return ofFunction(target.reference ?? '', values);
}

function ofMethod(method: string, owner: SyntaxNode, values: readonly (KnownValue | null)[]): Folded {
  const text = owner.value;
  const [first = null, second = null] = values;
  if (!isText(text)) return unknown;
  switch (method) {
    case 'join':
      return computed(isList(first) ? join(first, text) : isText(first) ? [...first].join(text) : null);
    case 'replace':
      return isText(first) && isText(second) ? computed(text.replaceAll(first, second)) : unknown;
    case 'lower':
    case 'casefold':
      return computed(text.toLowerCase());
    case 'upper':
      return computed(text.toUpperCase());
    case 'swapcase':
      return computed(
        [...text]
          .map((letter) => (letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase()))
          .join(''),
      );
    case 'strip':
      return { value: isText(first) ? text : text.trim(), isComputed: owner.isComputed };
    case 'format':
      return computed(fill(text, values));
    case 'split':
      return { value: bounded(text.split(isText(first) && first !== '' ? first : /\s+/)), isComputed: true };
    case 'decode':
    case 'encode':
      return isText(first)
        ? { value: decode(text, first), isComputed: owner.isComputed || /rot|hex|64/.test(first) }
        : foldedOf(owner);
    default:
      return unknown;
  }
}

function ofFunction(name: string, values: readonly (KnownValue | null)[]): Folded {
  const [first = null, second = null] = values;
  switch (name) {
    case 'chr':
      return computed(fromCode(first));
    case 'bytes':
    case 'bytearray':
      return isList(first)
        ? computed(fromCodes(first))
        : { value: isText(first) ? first : null, isComputed: false };
    case 'str':
      return { value: isNumber(first) ? String(first) : isText(first) ? first : null, isComputed: false };
    case 'map':
      return isList(second)
        ? { value: second.map((code) => fromCode(code) ?? code), isComputed: true }
        : unknown;
    case 'reversed':
      return computed(isText(first) ? [...first].reverse() : reverse(first));
    case 'list':
    case 'tuple':
      return { value: isText(first) ? bounded([...first]) : first, isComputed: false };
    case 'bytes.fromhex':
    case 'bytearray.fromhex':
    case 'binascii.unhexlify':
    case 'binascii.a2b_hex':
      return computed(decode(first, 'hex'));
    case 'base64.b64decode':
    case 'base64.urlsafe_b64decode':
    case 'base64.standard_b64decode':
    case 'base64.decodebytes':
    case 'binascii.a2b_base64':
      return computed(decode(first, 'base64'));
    case 'base64.b32decode':
      return computed(decode(first, 'base32'));
    case 'base64.b16decode':
      return computed(decode(first, 'hex'));
    case 'codecs.decode':
    case 'codecs.encode':
      return isText(second) ? computed(decode(first, second)) : unknown;
    case 'os.path.expanduser':
    case 'pathlib.Path':
    case 'pathlib.PurePath':
      return { value: flatText(first), isComputed: false };
    case 'os.path.join':
      return { value: values.map((part) => (isText(part) ? part : '\0')).join('/'), isComputed: false };
    default:
      return unknown;
  }
}

function comprehended(tree: SyntaxTree, node: SyntaxNode): KnownValue | null {
  return node.type === 'list_comprehension' || node.type === 'generator_expression'
    ? generated(tree, node)
    : null;
}

/** `chr(c) for c in [101, 118]`, also with a number added to or mixed into each. */
function generated(tree: SyntaxTree, node: SyntaxNode): KnownValue | null {
  const body = childOf(node, 'body');
  const loop = node.children.find(({ type }) => type === 'for_in_clause');
  const source = loop === undefined ? null : childOf(loop, 'right');
  if (body === null || source === null || body.type !== 'call') return null;
  const shape = /^chr\s*\(\s*(?:int\()?\s*\w+\)?\s*(?:([-+^])\s*(\d+))?\s*(?:,\s*16\s*\))?\)$/.exec(
    textOf(tree, body),
  );
  if (shape === null || !isList(source.value)) return null;
  const by = Number(shape[2] ?? 0);
  const codes = source.value.map((item) => {
    const code = isNumber(item) ? item : isText(item) ? item.codePointAt(0) : undefined;
    if (code === undefined) return '\0';
    return fromCode(shape[1] === '-' ? code - by : shape[1] === '^' ? code ^ by : code + by) ?? '\0';
  });
  return bounded(codes);
}
