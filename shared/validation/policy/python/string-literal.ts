import { isNumber, isText, unknownPart } from '../known-values.ts';
import type { SyntaxNode, SyntaxTree } from '../parse/syntax-tree.ts';
import { textOf } from '../parse/syntax-tree.ts';

const escapes =
  /\\(?:\r?\n|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|N\{[^}]{1,80}\}|([0-7]{1,3})|(.))/gs;
const singleEscapes: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
};

/** The text of a string of any kind; bytes as Latin-1, unknown parts of f-strings marked. */
export function readString(tree: SyntaxTree, node: SyntaxNode): { text: string; isEscaped: boolean } {
  const [start] = node.children;
  const end = node.children.at(-1);
  const prefix = start === undefined ? '' : textOf(tree, start).toLowerCase();
  if (start === undefined || end === undefined || start === end) return { text: '', isEscaped: false };
  const inner = node.children.filter(({ type }) => type === 'interpolation');
  let raw = '';
  let at = start.end;
  const known: string[] = [];
  for (const part of inner) {
    raw += `${tree.source.slice(at, part.start)}\u{F0000}`;
    known.push(interpolated(part));
    at = part.end;
  }
  raw += tree.source.slice(at, end.start);
  const text = prefix.includes('r') ? raw : unescapeText(raw);
  const isEscaped =
    !prefix.includes('r') && /\\(?:x[2-7]|u00[2-7]|U000000[2-7]|1[0-7]{2}|N\{LATIN)/.test(raw);
  let index = 0;
  const filled = text.replaceAll('\u{F0000}', () => known[index++] ?? unknownPart);
  return { text: filled, isEscaped };
}

function interpolated({ children }: SyntaxNode): string {
  const value = children.find(({ field }) => field === 'expression')?.value ?? null;
  return isText(value) || isNumber(value) ? String(value) : unknownPart;
}

function unescapeText(raw: string): string {
  return raw.replaceAll(escapes, (whole, x, u, long, octal, single: string | undefined) => {
    const hex = x ?? u ?? long;
    if (hex !== undefined) return codePoint(Number.parseInt(hex, 16));
    if (octal !== undefined) return codePoint(Number.parseInt(octal, 8));
    if (whole.startsWith('\\N')) return nameOfLetter(whole);
    return single === undefined ? '' : (singleEscapes[single] ?? single);
  });
}

function codePoint(code: number): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : unknownPart;
}

/** `\N{LATIN SMALL LETTER E}` and the underscore, of which hidden names are made. */
function nameOfLetter(named: string): string {
  const letter = /LATIN (SMALL|CAPITAL) LETTER ([A-Z])\}/i.exec(named);
  if (letter?.[2] !== undefined)
    return letter[1]?.toUpperCase() === 'SMALL' ? letter[2].toLowerCase() : letter[2];
  return /\{LOW LINE\}/i.test(named) ? '_' : unknownPart;
}
