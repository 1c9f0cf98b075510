import { isNumber, isText, unknownPart } from '../known-values.ts';
import { type SyntaxNode, type SyntaxTree, textOf } from '../parse/syntax-tree.ts';

const escapes = /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|u\{([0-9a-fA-F]{1,6})\}|([0-7]{1,3})|(\r?\n|.))/gsu;
const singleEscapes: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  b: '\b',
  f: '\f',
  v: '\v',
  '\n': '',
};

/** The text of a string or a template, unknown parts of templates marked. */
export function readString(tree: SyntaxTree, node: SyntaxNode): { text: string; isEscaped: boolean } {
  let raw = '';
  let at = node.start + 1;
  const known: string[] = [];
  for (const part of node.children) {
    if (part.type !== 'template_substitution') continue;
    raw += `${tree.source.slice(at, part.start)}\u{F0000}`;
    const value = part.children.find((child) => child.value !== null)?.value ?? null;
    known.push(isText(value) || isNumber(value) ? String(value) : unknownPart);
    at = part.end;
  }
  raw += tree.source.slice(at, Math.max(at, node.end - 1));
  let index = 0;
  const text = unescapeText(raw).replaceAll('\u{F0000}', () => known[index++] ?? unknownPart);
  return { text, isEscaped: isHiding(raw) };
}

/** Identifiers may be escaped too: `\u0065val`. */
export function identifierOf(tree: SyntaxTree, node: SyntaxNode): string {
  const text = textOf(tree, node);
  return text.includes('\\') ? unescapeText(text) : text;
}

/** Letters and digits need no escape. */
function isHiding(raw: string): boolean {
  return /\\(?:x[2-7][0-9a-fA-F]|u00[2-7][0-9a-fA-F]|u\{0*[2-7][0-9a-fA-F]\}|1[0-7]{2})/.test(raw);
}

function unescapeText(raw: string): string {
  return raw.replaceAll(escapes, (_, x, u, braced, octal, single: string | undefined) => {
    const hex = x ?? u ?? braced;
    if (hex !== undefined) return codePoint(Number.parseInt(hex, 16));
    if (octal !== undefined) return codePoint(Number.parseInt(octal, 8));
    return single === undefined ? '' : (singleEscapes[single] ?? single);
  });
}

function codePoint(code: number): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : unknownPart;
}
