import { codedError } from '../coded-error.ts';
import { inspect } from '../inspect/inspect-value.ts';
import { formDecode, formEncode } from './percent.ts';

type Pair = [name: string, value: string];

/** The query of a URL as a list of pairs, in order; a change is told to the URL that owns it. */
export class URLSearchParams {
  #pairs: Pair[];
  #changed: (text: string) => void = () => {};

  constructor(init: unknown = '') {
    this.#pairs = pairsOf(init);
  }

  /** The parameters of a URL: they write each change back to it. */
  static linked(query: string, changed: (text: string) => void): URLSearchParams {
    const params = new URLSearchParams(query);
    params.#changed = changed;
    return params;
  }

  /** Reads the query anew after the URL changed it. */
  static reload(params: URLSearchParams, query: string): void {
    params.#pairs = parsePairs(query);
  }

  get size(): number {
    return this.#pairs.length;
  }

  append(name: unknown, value: unknown): void {
    this.#change([...this.#pairs, [String(name), String(value)]]);
  }

  delete(name: unknown, value?: unknown): void {
    this.#change(this.#pairs.filter((pair) => !matches(pair, name, value)));
  }

  get(name: unknown): string | null {
    return this.#pairs.find((pair) => matches(pair, name))?.[1] ?? null;
  }

  getAll(name: unknown): string[] {
    return this.#pairs.filter((pair) => matches(pair, name)).map(([, value]) => value);
  }

  has(name: unknown, value?: unknown): boolean {
    return this.#pairs.some((pair) => matches(pair, name, value));
  }

  set(name: unknown, value: unknown): void {
    const at = this.#pairs.findIndex((pair) => matches(pair, name));
    if (at === -1) {
      this.append(name, value);
      return;
    }
    const others = this.#pairs.filter((pair, index) => index === at || !matches(pair, name));
    this.#change(others.map((pair, index) => (index === at ? [pair[0], String(value)] : pair)));
  }

  sort(): void {
    this.#change(this.#pairs.toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
  }

  forEach(visit: (value: string, name: string, params: URLSearchParams) => void, self?: unknown): void {
    for (const [name, value] of this.#pairs) visit.call(self, value, name, this);
  }

  *entries(): IterableIterator<Pair> {
    for (const [name, value] of this.#pairs) yield [name, value];
  }

  *keys(): IterableIterator<string> {
    for (const [name] of this.#pairs) yield name;
  }

  *values(): IterableIterator<string> {
    for (const [, value] of this.#pairs) yield value;
  }

  [Symbol.iterator](): IterableIterator<Pair> {
    return this.entries();
  }

  toString(): string {
    return this.#pairs.map((pair) => pair.map(formEncode).join('=')).join('&');
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    const pairs = this.#pairs.map(([name, value]) => `${inspect(name)} => ${inspect(value)}`);
    return pairs.length === 0 ? 'URLSearchParams {}' : `URLSearchParams { ${pairs.join(', ')} }`;
  }

  #change(pairs: Pair[]): void {
    this.#pairs = pairs;
    this.#changed(this.toString());
  }
}

function matches([name, content]: Pair, wanted: unknown, value?: unknown): boolean {
  return name === String(wanted) && (value === undefined || content === String(value));
}

function pairsOf(init: unknown): Pair[] {
  if (init === null || init === undefined) return [];
  if (typeof init !== 'object' && typeof init !== 'function')
    return parsePairs(String(init).replace(/^\?/, ''));
  if (Symbol.iterator in init) return Array.from(init as Iterable<unknown>, pairOf);
  return Object.entries(init).map(([name, value]) => [name, String(value)]);
}

function pairOf(item: unknown): Pair {
  const parts =
    typeof item === 'object' && item !== null && Symbol.iterator in item
      ? [...(item as Iterable<unknown>)]
      : [];
  if (parts.length === 2) return [String(parts[0]), String(parts[1])];
  throw codedError(TypeError, 'ERR_INVALID_TUPLE', 'Each query pair must be an iterable [name, value] tuple');
}

function parsePairs(query: string): Pair[] {
  return query
    .split('&')
    .filter((part) => part !== '')
    .map((part) => {
      const equals = part.indexOf('=');
      const name = equals === -1 ? part : part.slice(0, equals);
      return [formDecode(name), equals === -1 ? '' : formDecode(part.slice(equals + 1))];
    });
}
