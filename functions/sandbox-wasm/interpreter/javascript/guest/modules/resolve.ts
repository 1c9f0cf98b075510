import { workingFolder } from '../files/file-tree.ts';
import { readFileSync } from '../library/fs-content.ts';
import { existsSync, statSync } from '../library/fs-entries.ts';
import { dirname, join, normalize, relative, resolve } from '../library/path.ts';
import { builtinName } from './builtins.ts';

const extensions = ['', '.js', '.json', '.ts', '.mjs', '.cjs', '.mts', '.cts'];
const isRelative = /^(?:\.{1,2}(?:\/|$)|\/)/;

/** A file by the name that stacks show: relative to the working folder if it is in there. */
export function displayName(path: string): string {
  const short = relative(workingFolder(), path);
  return short.startsWith('..') || short === '' ? path : short;
}

export function pathOfFile(name: string): string {
  return resolve(workingFolder(), name);
}

/** Where an import leads: `node:` and the name of a built-in module, a file's path, or null. */
export function resolveSpecifier(specifier: string, fromFolder: string): string | null {
  const builtin = builtinName(specifier);
  if (builtin !== null) return `node:${builtin}`;
  if (specifier.startsWith('file://')) return findFile(decodeURIComponent(specifier.slice('file://'.length)));
  if (isRelative.test(specifier))
    return findFile(normalize(specifier.startsWith('/') ? specifier : join(fromFolder, specifier)));
  return findPackage(specifier, fromFolder);
}

/** The path itself, with an extension, the TypeScript that it is compiled from, or the folder's index. */
function findFile(path: string): string | null {
  const source = path.replace(/\.([mc]?)js$/, '.$1ts');
  const candidates = [...extensions.map((extension) => path + extension), source];
  const file = candidates.find(
    (candidate) => statSync(candidate, { throwIfNoEntry: false })?.isFile() === true,
  );
  if (file !== undefined) return file;
  if (!existsSync(path)) return null;
  const main = mainOf(join(path, 'package.json'));
  const inside = main === null ? null : findFile(join(path, main));
  return inside ?? indexOf(path);
}

function indexOf(path: string): string | null {
  return (
    extensions
      .slice(1)
      .map((extension) => join(path, `index${extension}`))
      .find((file) => existsSync(file)) ?? null
  );
}

function mainOf(packageFile: string): string | null {
  const description = readPackage(packageFile);
  return typeof description?.main === 'string' ? description.main : null;
}

function readPackage(path: string): { main?: unknown; type?: unknown } | null {
  if (!existsSync(path)) return null;
  try {
    const description: unknown = JSON.parse(String(readFileSync(path, 'utf8')));
    return typeof description === 'object' ? description : null;
  } catch {
    return null;
  }
}

function findPackage(specifier: string, fromFolder: string): string | null {
  for (let folder = fromFolder; ; folder = dirname(folder)) {
    const found = findFile(join(folder, 'node_modules', specifier));
    if (found !== null || folder === '/') return found;
  }
}

/** What the nearest `package.json` says that its files are. */
export function packageType(path: string): 'module' | 'commonjs' | null {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const description = readPackage(join(folder, 'package.json'));
    if (description !== null) {
      const { type } = description;
      return type === 'module' || type === 'commonjs' ? type : null;
    }
    if (folder === '/') return null;
  }
}
