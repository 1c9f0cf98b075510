import { workingFolder } from '../files/file-tree.ts';
import { wrongType } from './coded-error.ts';

export interface ParsedPath {
  root: string;
  dir: string;
  base: string;
  ext: string;
  name: string;
}

const SLASH = 47;

function checked(value: unknown, name: string): string {
  if (typeof value !== 'string') throw wrongType(name, 'of type string', value);
  return value;
}

/** The segments with `.` and empty ones gone and `..` applied; above a root there is nothing. */
function reduceSegments(path: string, absolute: boolean): string {
  const kept: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment !== '..') kept.push(segment);
    else if (kept.length > 0 && kept.at(-1) !== '..') kept.pop();
    else if (!absolute) kept.push('..');
  }
  return kept.join('/');
}

export function normalize(path: string): string {
  if (checked(path, 'path') === '') return '.';
  const absolute = isAbsolute(path);
  const reduced = reduceSegments(path, absolute);
  const trailing = path.endsWith('/') ? '/' : '';
  if (reduced === '') return absolute ? '/' : `.${trailing}`;
  return `${absolute ? '/' : ''}${reduced}${trailing}`;
}

export function isAbsolute(path: string): boolean {
  return checked(path, 'path').charCodeAt(0) === SLASH;
}

export function join(...parts: string[]): string {
  const joined = parts.filter((part) => checked(part, 'path') !== '').join('/');
  return joined === '' ? '.' : normalize(joined);
}

export function resolve(...parts: string[]): string {
  let resolved = '';
  for (let at = parts.length - 1; at >= 0 && !resolved.startsWith('/'); at--) {
    const part = checked(parts[at], `paths[${at}]`);
    if (part !== '') resolved = resolved === '' ? part : `${part}/${resolved}`;
  }
  if (!resolved.startsWith('/')) resolved = `${workingFolder()}/${resolved}`;
  return `/${reduceSegments(resolved, true)}`;
}

export function relative(from: string, to: string): string {
  const [source, target] = [resolve(checked(from, 'from')), resolve(checked(to, 'to'))];
  if (source === target) return '';
  const [back, forth] = [source.split('/').filter(Boolean), target.split('/').filter(Boolean)];
  let shared = 0;
  while (shared < back.length && back[shared] === forth[shared]) shared++;
  return [...back.slice(shared).map(() => '..'), ...forth.slice(shared)].join('/');
}

function trimmed(path: string): string {
  let end = path.length;
  while (end > 1 && path.charCodeAt(end - 1) === SLASH) end--;
  return path.slice(0, end);
}

export function dirname(path: string): string {
  if (checked(path, 'path') === '') return '.';
  const body = trimmed(path);
  const slash = body.lastIndexOf('/');
  if (slash === -1) return '.';
  if (slash === 0) return '/';
  // The parent of "//a" keeps both slashes, as POSIX allows.
  return slash === 1 && body.startsWith('//') ? '//' : body.slice(0, slash);
}

export function basename(path: string, suffix?: string): string {
  if (suffix !== undefined) checked(suffix, 'suffix');
  const body = trimmed(checked(path, 'path'));
  const base = body === '/' ? '' : body.slice(body.lastIndexOf('/') + 1);
  if (suffix === undefined || suffix === '' || !base.endsWith(suffix)) return base;
  return base === suffix && path !== suffix ? base : base.slice(0, base.length - suffix.length);
}

export function extname(path: string): string {
  return extensionOf(basename(checked(path, 'path')));
}

/** A leading dot makes a hidden file, not an extension. */
function extensionOf(base: string): string {
  const dot = base.lastIndexOf('.');
  return dot <= 0 || base === '..' ? '' : base.slice(dot);
}

export function parse(path: string): ParsedPath {
  const root = isAbsolute(path) ? '/' : '';
  const base = basename(path);
  const ext = extensionOf(base);
  const body = trimmed(path);
  const slash = body.lastIndexOf('/');
  const dir = slash > 0 ? body.slice(0, slash) : root;
  return { root, dir, base, ext, name: base.slice(0, base.length - ext.length) };
}

export function format(parts: Partial<ParsedPath>): string {
  if (parts === null || typeof parts !== 'object') throw wrongType('pathObject', 'of type object', parts);
  const dir = parts.dir || parts.root;
  const ext = parts.ext ? `${parts.ext.startsWith('.') ? '' : '.'}${parts.ext}` : '';
  const base = parts.base || `${parts.name ?? ''}${ext}`;
  if (!dir) return base;
  return dir === parts.root ? `${dir}${base}` : `${dir}/${base}`;
}

/** `node:path` on POSIX; `path.win32` does not exist here. */
export const path = {
  sep: '/',
  delimiter: ':',
  basename,
  dirname,
  extname,
  format,
  isAbsolute,
  join,
  normalize,
  parse,
  relative,
  resolve,
  toNamespacedPath: (name: string): string => name,
  get posix(): object {
    return path;
  },
};
