import { rememberOrigin } from '../errors/call-sites.ts';
import { host } from '../host.ts';
import { dirname } from '../library/path.ts';
import { forgetRejections } from '../run/rejections.ts';
import { builtin } from './builtins.ts';
import { compileOrNull, exportsOf, parseJson, readSource } from './commonjs.ts';
import { awaitsAtTop, formatOf } from './format.ts';
import { mainName } from './main-file.ts';
import { moduleNotFound } from './not-found.ts';
import { displayName, pathOfFile, resolveSpecifier } from './resolve.ts';

/** Under this name generated modules find what they export. */
const accessKey = 'cordon.exports';
const missingPrefix = 'missing:';
/** Files that were already found to be ES modules, because CommonJS couldn't parse them. */
const knownModules = new Set<string>();
const namespaces = new Map<string, unknown>();
const functionMembers = new Set(['length', 'name', 'prototype', 'arguments', 'caller', 'default']);

export function installModuleAccess(): void {
  Object.defineProperty(globalThis, Symbol.for(accessKey), {
    value: (name: string) => (name.startsWith('node:') ? builtin(name) : exportsOf(pathOfFile(name))),
  });
}

/** The name of an imported module. One that can't be found gets a name that fails to load. */
export function resolveImport(fromName: string, specifier: string): string {
  const folder = fromName.startsWith('node:') ? pathOfFile('.') : dirname(pathOfFile(fromName));
  const found = resolveSpecifier(specifier, folder);
  if (found === null) return missingPrefix + specifier;
  return found.startsWith('node:') ? found : displayName(found);
}

/** The source of an ES module by its name. Other modules get a source that exports what they are. */
export function loadImport(name: string): string {
  if (name.startsWith(missingPrefix))
    throw moduleNotFound(name.slice(missingPrefix.length), 'ERR_MODULE_NOT_FOUND');
  if (name.startsWith('node:')) return exportingSource(name, builtin(name));
  const path = pathOfFile(name);
  if (name.endsWith('.json'))
    return `export default JSON.parse(${JSON.stringify(JSON.stringify(parseJson(path)))});`;
  return isModule(path) ? moduleSource(path) : exportingSource(name, exportsOf(path));
}

function isModule(path: string): boolean {
  const format = formatOf(path);
  return format === 'module' || (format === null && (knownModules.has(path) || compileOrNull(path) === null));
}

function moduleSource(path: string): string {
  const { code, lines, source } = readSource(path);
  const name = displayName(path);
  const meta = {
    url: `file://${path}`,
    filename: path,
    dirname: dirname(path),
    main: name === mainName(),
  };
  const prefix = Object.entries(meta)
    .map(([key, value]) => `import.meta.${key}=${JSON.stringify(value)};`)
    .join('');
  rememberOrigin(name, { prefixLength: prefix.length, lines, source });
  return prefix + code;
}

/** An ES module with the exports of an object, by name and as the default. */
function exportingSource(name: string, exports: unknown): string {
  const names = exportNames(exports);
  const access = `const m = globalThis[Symbol.for(${JSON.stringify(accessKey)})](${JSON.stringify(name)});`;
  const lines = names.map(
    (key, i) => `const e${i} = m[${JSON.stringify(key)}]; export { e${i} as ${JSON.stringify(key)} };`,
  );
  return [access, ...lines, 'export default m;'].join('\n');
}

/** A class exports its static members, which aren't enumerable. */
function exportNames(exports: unknown): string[] {
  if (typeof exports === 'function') {
    return Object.getOwnPropertyNames(exports).filter((name) => !functionMembers.has(name));
  }
  const isObject = typeof exports === 'object' && exports !== null;
  return isObject ? Object.keys(exports).filter((name) => name !== 'default') : [];
}

/** Evaluates an ES module for `require`, which needs it to be done at once. */
export function requireModule(path: string): unknown {
  const name = displayName(path);
  if (namespaces.has(name)) return namespaces.get(name);
  knownModules.add(path);
  const keep = Symbol.for(`${accessKey}.keep`);
  Object.defineProperty(globalThis, keep, {
    configurable: true,
    value: (namespace: unknown) => namespaces.set(name, namespace),
  });
  try {
    host.evaluateModule(
      `import * as m from ${JSON.stringify(path)}; globalThis[Symbol.for(${JSON.stringify(keep.description)})](m);`,
      'node:internal',
    );
  } catch (error) {
    forgetRejections(error);
    throw error;
  }
  if (!namespaces.has(name)) {
    throw Object.assign(new Error(`require() of ${name}: it awaits at its top level; use import() instead`), {
      code: 'ERR_REQUIRE_ASYNC_MODULE',
    });
  }
  return namespaces.get(name);
}

/** Whether the main file is an ES module: by its name, its package, or because nothing else parses. */
export function isMainModule(path: string): boolean {
  const format = formatOf(path);
  if (format !== null) return format === 'module';
  if (!awaitsAtTop(readSource(path).code)) return false;
  knownModules.add(path);
  return true;
}

export function markModule(path: string): void {
  knownModules.add(path);
}
