import { parseHost } from './host.ts';
import { CONTROL, FRAGMENT, PATH, percentEncode, QUERY, SPECIAL_QUERY, USER_INFO } from './percent.ts';

/** A parsed URL; an opaque path (`mailto:a@b`) is text, any other a list of segments. */
export interface UrlRecord {
  scheme: string;
  username: string;
  password: string;
  host: string | null;
  port: string;
  path: string | string[];
  query: string | null;
  fragment: string | null;
}

const DEFAULT_PORTS: Record<string, string> = {
  http: '80',
  https: '443',
  ws: '80',
  wss: '443',
  ftp: '21',
  file: '',
};

export function isSpecial(scheme: string): boolean {
  return Object.hasOwn(DEFAULT_PORTS, scheme);
}

/** Parses like the URL Standard for the usual forms; undefined when the text is no URL. */
export function parseUrl(input: string, base: UrlRecord | undefined): UrlRecord | undefined {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the standard trims control characters
  const text = input.replace(/^[\x00-\x20]+|[\x00-\x20]+$/g, '').replace(/[\t\n\r]+/g, '');
  const [, scheme, rest = ''] = /^([a-z][a-z\d+.-]*):(.*)$/is.exec(text) ?? [];
  if (scheme === undefined) return base && parseRelative(text, base);
  const name = scheme.toLowerCase();
  const sameSpecial = base !== undefined && base.scheme === name && isSpecial(name) && !/^[/\\]/.test(rest);
  if (sameSpecial) return parseRelative(rest, base);
  return parseAbsolute(name, rest);
}

function parseAbsolute(scheme: string, text: string): UrlRecord | undefined {
  const { body, ...ends } = splitEnds(text, scheme);
  const blank = { scheme, username: '', password: '', host: null, port: '', ...ends };
  const special = isSpecial(scheme);
  const slashed = special ? body.replaceAll('\\', '/') : body;
  if (!special && !slashed.startsWith('/')) return { ...blank, path: percentEncode(slashed, CONTROL) };
  if (special && scheme !== 'file') return withAuthority(blank, slashed.replace(/^\/*/, ''));
  if (slashed.startsWith('//')) return withAuthority(blank, slashed.slice(2));
  return { ...blank, host: special ? '' : null, path: pathSegments(slashed, [], scheme) };
}

function parseRelative(text: string, base: UrlRecord): UrlRecord | undefined {
  const { scheme } = base;
  const { body, ...ends } = splitEnds(text, scheme);
  if (typeof base.path === 'string') {
    return body === '' && ends.query === null && ends.fragment !== null
      ? { ...base, ...ends, query: base.query }
      : undefined;
  }
  const slashed = isSpecial(scheme) ? body.replaceAll('\\', '/') : body;
  if (slashed.startsWith('//')) {
    const blank = { scheme, username: '', password: '', host: null, port: '', ...ends };
    return withAuthority(
      blank,
      isSpecial(scheme) && scheme !== 'file' ? slashed.replace(/^\/*/, '') : slashed.slice(2),
    );
  }
  if (slashed.startsWith('/')) return { ...base, ...ends, path: pathSegments(slashed, [], scheme) };
  if (slashed === '') return { ...base, ...ends, path: [...base.path], query: ends.query ?? base.query };
  return { ...base, ...ends, path: pathSegments(slashed, base.path.slice(0, -1), scheme) };
}

function splitEnds(
  text: string,
  scheme: string,
): { body: string; query: string | null; fragment: string | null } {
  const hash = text.indexOf('#');
  const beforeHash = hash === -1 ? text : text.slice(0, hash);
  const mark = beforeHash.indexOf('?');
  return {
    body: mark === -1 ? beforeHash : beforeHash.slice(0, mark),
    query: mark === -1 ? null : encodeQuery(beforeHash.slice(mark + 1), scheme),
    fragment: hash === -1 ? null : percentEncode(text.slice(hash + 1), FRAGMENT),
  };
}

export function encodeQuery(text: string, scheme: string): string {
  return percentEncode(text, isSpecial(scheme) ? SPECIAL_QUERY : QUERY);
}

function withAuthority(blank: Omit<UrlRecord, 'path'>, text: string): UrlRecord | undefined {
  const slash = text.indexOf('/');
  const authority = slash === -1 ? text : text.slice(0, slash);
  const at = authority.lastIndexOf('@');
  const place = parsePlace(authority.slice(at + 1), blank.scheme);
  if (place === undefined || (at !== -1 && place.host === '')) return undefined;
  const [user = '', ...secret] = at === -1 ? [] : authority.slice(0, at).split(':');
  return {
    ...blank,
    ...place,
    username: percentEncode(user, USER_INFO),
    password: percentEncode(secret.join(':'), USER_INFO),
    path:
      slash === -1 && !isSpecial(blank.scheme)
        ? []
        : pathSegments(text.slice(authority.length), [], blank.scheme),
  };
}

/** `host:port`; the scheme's own port is left out. */
export function parsePlace(text: string, scheme: string): { host: string; port: string } | undefined {
  const [, name = '', port = ''] = /^(\[[^\]]*\]|[^:]*)(?::(\d*))?$/.exec(text) ?? [undefined, ':'];
  if (Number(port) > 65_535) return undefined;
  const special = isSpecial(scheme);
  if (name === '' && (scheme === 'file' || !special) && port === '') return { host: '', port: '' };
  const host = parseHost(name, special);
  if (host === undefined || host === '' || (scheme === 'file' && port !== '')) return undefined;
  const digits = port === '' ? '' : String(Number(port));
  return {
    host: scheme === 'file' && host === 'localhost' ? '' : host,
    port: digits === DEFAULT_PORTS[scheme] ? '' : digits,
  };
}

/** Appends the segments of a path to those of its parent, with `.` and `..` applied. */
export function pathSegments(text: string, parent: readonly string[], scheme: string): string[] {
  const segments = [...parent];
  const parts = (isSpecial(scheme) ? text.replaceAll('\\', '/') : text).replace(/^\//, '').split('/');
  parts.forEach((part, at) => {
    const last = at === parts.length - 1;
    const plain = part.replace(/%2e/gi, '.');
    if (plain === '..') {
      const keepsDrive = scheme === 'file' && segments.length === 1 && /^[a-z]:$/i.test(segments[0] ?? '');
      if (!keepsDrive) segments.pop();
      if (last) segments.push('');
    } else if (plain !== '.') {
      segments.push(percentEncode(part, PATH));
    } else if (last) {
      segments.push('');
    }
  });
  return segments;
}

export function printPath({ path }: UrlRecord): string {
  return typeof path === 'string' ? path : path.map((segment) => `/${segment}`).join('');
}

export function printHost({ host, port }: UrlRecord): string {
  return `${host ?? ''}${port === '' ? '' : `:${port}`}`;
}

export function printUrl(record: UrlRecord): string {
  const { scheme, username, password, host, path, query, fragment } = record;
  const secret = password === '' ? '' : `:${password}`;
  const credentials = username === '' && password === '' ? '' : `${username}${secret}@`;
  // Without a host, a path that starts with two slashes would read as one.
  const guard = typeof path !== 'string' && path.length > 1 && path[0] === '' ? '/.' : '';
  const place = host === null ? guard : `//${credentials}${printHost(record)}`;
  const ends = `${query === null ? '' : `?${query}`}${fragment === null ? '' : `#${fragment}`}`;
  return `${scheme}:${place}${printPath(record)}${ends}`;
}
