import { codedError } from './coded-error.ts';
import { inspect } from './inspect/inspect-value.ts';
import { CONTROL, FRAGMENT, percentEncode, USER_INFO } from './url/percent.ts';
import {
  encodeQuery,
  isSpecial,
  parsePlace,
  parseUrl,
  pathSegments,
  printHost,
  printPath,
  printUrl,
  type UrlRecord,
} from './url/url-record.ts';
import { URLSearchParams } from './url/url-search-params.ts';

export { URLSearchParams } from './url/url-search-params.ts';

const SHOWN = [
  'href',
  'origin',
  'protocol',
  'username',
  'password',
  'host',
  'hostname',
  'port',
  'pathname',
  'search',
  'searchParams',
  'hash',
] as const;

/** The web's URL. Host names outside ASCII are refused as invalid (no IDNA), and `blob:` has no origin. */
export class URL {
  #record: UrlRecord;
  #params: URLSearchParams | undefined;

  constructor(input: unknown, base?: unknown) {
    const record = parseWithBase(input, base);
    if (record === undefined) throw invalidUrl(input, base);
    this.#record = record;
  }

  static canParse(input: unknown, base?: unknown): boolean {
    return parseWithBase(input, base) !== undefined;
  }

  static parse(input: unknown, base?: unknown): URL | null {
    return URL.canParse(input, base) ? new URL(input, base) : null;
  }

  get href(): string {
    return printUrl(this.#record);
  }

  set href(text: string) {
    const record = parseUrl(String(text), undefined);
    if (record === undefined) throw invalidUrl(text, undefined);
    this.#record = record;
    this.#reloadParams();
  }

  get origin(): string {
    const { scheme } = this.#record;
    return isSpecial(scheme) && scheme !== 'file' ? `${scheme}://${this.host}` : 'null';
  }

  get protocol(): string {
    return `${this.#record.scheme}:`;
  }

  /** A special scheme changes to special ones only, and the others to others. */
  set protocol(text: string) {
    const scheme = /^([a-z][a-z\d+.-]*)(?::|$)/i.exec(String(text))?.[1]?.toLowerCase();
    const { host, port } = this.#record;
    if (scheme === undefined || isSpecial(scheme) !== isSpecial(this.#record.scheme)) return;
    if (scheme === 'file' && (port !== '' || this.#hasCredentials())) return;
    if (this.#record.scheme === 'file' && host === '') return;
    this.#record.scheme = scheme;
    this.#record.port = parsePlace(`x:${port}`, scheme)?.port ?? port;
  }

  get username(): string {
    return this.#record.username;
  }

  set username(text: string) {
    if (this.#takesCredentials()) this.#record.username = percentEncode(String(text), USER_INFO);
  }

  get password(): string {
    return this.#record.password;
  }

  set password(text: string) {
    if (this.#takesCredentials()) this.#record.password = percentEncode(String(text), USER_INFO);
  }

  get host(): string {
    return printHost(this.#record);
  }

  set host(text: string) {
    const asked = untilPath(String(text));
    const place = parsePlace(asked, this.#record.scheme);
    if (typeof this.#record.path === 'string' || place === undefined || place.host === '') return;
    this.#record.host = place.host;
    if (/:\d+$/.test(asked)) this.#record.port = place.port;
  }

  get hostname(): string {
    return this.#record.host ?? '';
  }

  set hostname(text: string) {
    const asked = untilPath(String(text));
    if (asked.includes(':') && !asked.startsWith('[')) return;
    const place = parsePlace(asked, this.#record.scheme);
    if (typeof this.#record.path !== 'string' && place !== undefined && place.host !== '')
      this.#record.host = place.host;
  }

  get port(): string {
    return this.#record.port;
  }

  set port(text: string) {
    if (!this.#takesCredentials()) return;
    const digits = /^\d+/.exec(String(text))?.[0];
    if (String(text) === '') this.#record.port = '';
    else if (digits !== undefined) {
      this.#record.port = parsePlace(`x:${digits}`, this.#record.scheme)?.port ?? this.#record.port;
    }
  }

  get pathname(): string {
    return printPath(this.#record);
  }

  set pathname(text: string) {
    const { path, scheme } = this.#record;
    if (typeof path === 'string') return;
    this.#record.path = pathSegments(String(text).replace(/[?#]/g, encodeURIComponent), [], scheme);
  }

  get search(): string {
    const { query } = this.#record;
    return query === null || query === '' ? '' : `?${query}`;
  }

  set search(text: string) {
    const bare = String(text).replace(/^\?/, '');
    const query = encodeQuery(bare, this.#record.scheme).replaceAll('#', '%23');
    this.#record.query = String(text) === '' ? null : query;
    this.#reloadParams();
  }

  get searchParams(): URLSearchParams {
    this.#params ??= URLSearchParams.linked(this.#record.query ?? '', (query) => {
      this.#record.query = query === '' ? null : query;
    });
    return this.#params;
  }

  get hash(): string {
    const { fragment } = this.#record;
    return fragment === null || fragment === '' ? '' : `#${fragment}`;
  }

  set hash(text: string) {
    const bare = String(text).replace(/^#/, '');
    this.#record.fragment = String(text) === '' ? null : percentEncode(bare, FRAGMENT + CONTROL);
  }

  toString(): string {
    return this.href;
  }

  toJSON(): string {
    return this.href;
  }

  [Symbol.for('nodejs.util.inspect.custom')](depth: number | null, options: object): string {
    if (typeof depth === 'number' && depth < 0) return '[URL]';
    const shown = Object.fromEntries(SHOWN.map((name) => [name, this[name]]));
    return `URL ${inspect(shown, { ...options, depth: 1 })}`;
  }

  #hasCredentials(): boolean {
    return this.#record.username !== '' || this.#record.password !== '';
  }

  #takesCredentials(): boolean {
    return Boolean(this.#record.host) && this.#record.scheme !== 'file';
  }

  #reloadParams(): void {
    if (this.#params !== undefined) URLSearchParams.reload(this.#params, this.#record.query ?? '');
  }
}

function untilPath(text: string): string {
  return text.replace(/[/\\?#].*$/s, '');
}

function parseWithBase(input: unknown, base: unknown): UrlRecord | undefined {
  if (base === undefined) return parseUrl(String(input), undefined);
  const parent = parseUrl(String(base), undefined);
  return parent && parseUrl(String(input), parent);
}

function invalidUrl(input: unknown, base: unknown): TypeError {
  const problem = codedError(TypeError, 'ERR_INVALID_URL', 'Invalid URL');
  return Object.assign(problem, { input: String(input) }, base === undefined ? {} : { base: String(base) });
}
