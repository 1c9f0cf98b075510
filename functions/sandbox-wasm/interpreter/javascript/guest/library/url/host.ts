import { CONTROL, percentDecode, percentEncode } from './percent.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is forbidden
const FORBIDDEN = /[\x00-\x20#/:<>?@[\\\]^|%\x7f]/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is forbidden
const FORBIDDEN_OPAQUE = /[\x00\t\n\r #/:<>?@[\\\]^|]/;

/**
 * The serialised host, or undefined when it is none. Names outside ASCII are refused: turning them into
 * Punycode takes the tables of IDNA, which are larger than this whole library.
 */
export function parseHost(text: string, special: boolean): string | undefined {
  if (text.startsWith('[')) {
    const groups = text.endsWith(']') ? parseIpv6(text.slice(1, -1)) : undefined;
    return groups && `[${printIpv6(groups)}]`;
  }
  if (!special) return FORBIDDEN_OPAQUE.test(text) ? undefined : percentEncode(text, CONTROL);
  const name = percentDecode(text).toLowerCase();
  if (name === '' || FORBIDDEN.test(name) || /[^\0-\x7f]/.test(name)) return undefined;
  const last = name.replace(/\.$/, '').split('.').at(-1) ?? '';
  return /^(\d+|0x[0-9a-f]*)$/.test(last) ? parseIpv4(name) : name;
}

/** One to four parts, decimal, octal or hexadecimal; the last fills the bytes that are left. */
function parseIpv4(name: string): string | undefined {
  const parts = name.replace(/\.$/, '').split('.').map(ipv4Part);
  const last = parts.pop() ?? Number.NaN;
  if (parts.length > 3 || !parts.every((part) => part <= 255) || !(last < 256 ** (4 - parts.length)))
    return undefined;
  const address = parts.reduce((sum, part, at) => sum + part * 256 ** (3 - at), last);
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.');
}

function ipv4Part(text: string): number {
  if (/^0x[0-9a-f]*$/.test(text)) return text === '0x' ? 0 : Number.parseInt(text, 16);
  if (/^0[0-7]+$/.test(text)) return Number.parseInt(text, 8);
  return /^(0|[1-9]\d*)$/.test(text) ? Number(text) : Number.NaN;
}

function parseIpv6(text: string): number[] | undefined {
  const dotted = /^(.*:)(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(text);
  const whole = dotted ? withDottedTail(dotted) : text;
  if (whole === undefined) return undefined;
  const halves = whole.split('::');
  if (halves.length > 2) return undefined;
  const groups = halves.map((half) => (half === '' ? [] : half.split(':')));
  if (!groups.flat().every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  const [head = [], tail = []] = groups.map((half) => half.map((group) => Number.parseInt(group, 16)));
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
  return [...head, ...new Array<number>(missing).fill(0), ...tail];
}

function withDottedTail(match: RegExpExecArray): string | undefined {
  const [, head = '', ...bytes] = match;
  const [a = 0, b = 0, c = 0, d = 0] = bytes.map(Number);
  if ([a, b, c, d].some((byte) => byte > 255) || bytes.some((byte) => /^0\d/.test(byte))) return undefined;
  return `${head}${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
}

/** The longest run of two or more zero groups is written as `::`. */
function printIpv6(groups: number[]): string {
  let [start, longest] = [-1, 1];
  for (let at = 0; at < 8; at++) {
    let length = 0;
    while (groups[at + length] === 0) length++;
    if (length > longest) [start, longest] = [at, length];
  }
  const text = (part: number[]) => part.map((group) => group.toString(16)).join(':');
  return start === -1
    ? text(groups)
    : `${text(groups.slice(0, start))}::${text(groups.slice(start + longest))}`;
}
