import type { KnownValue } from './parse/syntax-tree.ts';

/** Stands for the part of a text that isn't known, as in an f-string. No name or path holds it. */
export const unknownPart = '\0';

/** Longer values aren't kept: no name, path or command is. */
const maxLength = 20_000;
const maxItems = 2_000;

export function isText(value: KnownValue | null | undefined): value is string {
  return typeof value === 'string';
}

export function isNumber(value: KnownValue | null | undefined): value is number {
  return typeof value === 'number';
}

export function isList(value: KnownValue | null | undefined): value is readonly KnownValue[] {
  return Array.isArray(value);
}

export function bounded(value: KnownValue | null): KnownValue | null {
  if (isText(value)) return value.length > maxLength ? value.slice(0, maxLength) : value;
  if (isList(value)) return value.length > maxItems ? null : value;
  return value;
}

/** The texts in a value, lists as they would be on a command line. */
export function flatText(value: KnownValue | null): string | null {
  if (isText(value)) return value;
  if (!isList(value)) return null;
  const texts = value.filter(isText);
  return texts.length === 0 ? null : texts.join(' ');
}

export function add(one: KnownValue | null, other: KnownValue | null): KnownValue | null {
  if (isText(one) && isText(other)) return bounded(one + other);
  if (isNumber(one) && isNumber(other)) return one + other;
  if (isList(one) && isList(other)) return bounded([...one, ...other]);
  if (isText(one) && other === null) return bounded(one + unknownPart);
  if (one === null && isText(other)) return bounded(unknownPart + other);
  return null;
}

export function join(list: KnownValue | null, separator: string): string | null {
  if (!isList(list) || !list.every(isText)) return null;
  return bounded(list.join(separator)) as string;
}

export function reverse(value: KnownValue | null): KnownValue | null {
  if (isText(value)) return [...value].reverse().join('');
  return isList(value) ? [...value].reverse() : null;
}

export function fromCodes(codes: KnownValue | null): string | null {
  if (!isList(codes)) return null;
  const characters = codes.map(fromCode);
  return characters.includes(null) ? null : characters.join('');
}

export function fromCode(code: KnownValue | null): string | null {
  return isNumber(code) && Number.isInteger(code) && code >= 0 && code <= 0x10ffff
    ? String.fromCodePoint(code)
    : null;
}

/** Decodes what hides text: base64, hexadecimal, rot13. Null when the text isn't of that kind. */
export function decode(text: KnownValue | null, encoding: string): string | null {
  if (!isText(text) || text.length > maxLength) return null;
  switch (encoding.toLowerCase().replaceAll(/[^a-z0-9]/g, '')) {
    case 'base64':
      return Buffer.from(text, 'base64').toString('latin1');
    case 'base32':
      return fromBase32(text);
    case 'hex':
      return Buffer.from(text.replaceAll(/\s/g, ''), 'hex').toString('latin1');
    case 'rot13':
      return text.replaceAll(/[a-z]/gi, (letter) => {
        const base = letter <= 'Z' ? 65 : 97;
        return String.fromCharCode(((letter.charCodeAt(0) - base + 13) % 26) + base);
      });
    default:
      return text;
  }
}

function fromBase32(text: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...text.toUpperCase()]
    .map((letter) => alphabet.indexOf(letter))
    .filter((digit) => digit >= 0)
    .map((digit) => digit.toString(2).padStart(5, '0'))
    .join('');
  return (bits.match(/.{8}/g) ?? []).map((byte) => String.fromCharCode(Number.parseInt(byte, 2))).join('');
}

/** `%s`, `{}` and `{0}` filled with known texts; the unknown ones stay unknown. */
export function fill(format: string, values: readonly (KnownValue | null)[]): string {
  let next = 0;
  return format.replaceAll(/%[sdrc]|\{(\d*)\}/g, (_, index: string | undefined) => {
    const at = index === undefined || index === '' ? next++ : Number(index);
    const value = values[at] ?? null;
    return isText(value) || isNumber(value) ? String(value) : unknownPart;
  });
}
