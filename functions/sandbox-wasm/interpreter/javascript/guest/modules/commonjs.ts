import { rememberOrigin, wrapperName } from '../errors/call-sites.ts';
import { nodeError } from '../errors/node-error.ts';
import { host } from '../host.ts';
import { readFileSync } from '../library/fs-content.ts';
import { dirname } from '../library/path.ts';
import { builtin } from './builtins.ts';
import { requireModule } from './esm.ts';
import { formatOf, looksLikeModule } from './format.ts';
import { moduleNotFound } from './not-found.ts';
import { displayName, resolveSpecifier } from './resolve.ts';
import { isTypescript, javascriptOf } from './typescript.ts';

/** A CommonJS module, as `module` shows it. */
export interface Module {
  id: string;
  path: string;
  exports: unknown;
  filename: string;
  loaded: boolean;
  children: Module[];
  paths: string[];
  parent?: Module;
  require?: Require;
}

export interface Require {
  (specifier: string): unknown;
  resolve(specifier: string): string;
  main: Module | undefined;
  cache: Record<string, Module>;
  extensions: Record<string, never>;
}

type Wrapper = (
  exports: unknown,
  require: Require,
  module: Module,
  filename: string,
  dirname: string,
) => void;

const cache: Record<string, Module> = Object.create(null);
let main: Module | undefined;
const hashbang = /^#!/;
const jsxName = /\.[jt]sx$/;

export function readSource(path: string): { code: string; lines: number[] | null; source: string } {
  if (jsxName.test(path)) {
    const message = `JSX is not available in the wasm backend: ${displayName(path)}`;
    throw nodeError('ERR_UNKNOWN_FILE_EXTENSION', message, TypeError);
  }
  const source = String(readFileSync(path, 'utf8')).replace(hashbang, '//');
  return isTypescript(path)
    ? { ...javascriptOf(displayName(path)), source }
    : { code: source, lines: null, source };
}

/** Makes the function of a CommonJS module. A syntax error is thrown. */
export function compile(path: string): Wrapper {
  const { code, lines, source } = readSource(path);
  const prefix = `(function ${wrapperName}(exports, require, module, __filename, __dirname) { `;
  const file = displayName(path);
  rememberOrigin(file, { prefixLength: prefix.length, lines, source });
  const wrapper = host.evaluate(`${prefix}${code}\n})`, file);
  if (typeof wrapper !== 'function') throw new SyntaxError('Unexpected end of the module');
  return wrapper as Wrapper;
}

function createModule(path: string, parent?: Module): Module {
  const module: Module = {
    id: parent === undefined ? '.' : path,
    path: dirname(path),
    exports: {},
    filename: path,
    loaded: false,
    children: [],
    paths: [],
  };
  if (parent !== undefined) {
    parent.children.push(module);
    Object.defineProperty(module, 'parent', { value: parent, enumerable: false });
  }
  return module;
}

export function createRequire(path: string, module?: Module): Require {
  const folder = dirname(path);
  const find = (specifier: string) => {
    if (typeof specifier !== 'string') throw new TypeError('The "id" argument must be of type string.');
    return resolveSpecifier(specifier, folder) ?? failToFind(specifier);
  };
  const require = (specifier: string) => {
    const found = find(specifier);
    return found.startsWith('node:') ? builtin(found) : load(found, module);
  };
  return Object.assign(require, {
    resolve: (specifier: string) => {
      const found = find(specifier);
      return found.startsWith('node:') && !specifier.startsWith('node:')
        ? found.slice('node:'.length)
        : found;
    },
    main,
    cache,
    extensions: {},
  });
}

function failToFind(specifier: string): never {
  throw moduleNotFound(specifier, 'MODULE_NOT_FOUND');
}

function load(path: string, parent?: Module): unknown {
  const known = cache[path];
  if (known !== undefined) return known.exports;
  if (path.endsWith('.json')) return loadJson(path, parent);
  if (formatOf(path) === 'module') return requireModule(path);
  const wrapper = compileOrNull(path);
  return wrapper === null ? requireModule(path) : run(createModule(path, parent), wrapper).exports;
}

/** Null for what only parses as an ES module. */
export function compileOrNull(path: string): Wrapper | null {
  try {
    return compile(path);
  } catch (error) {
    const mayBeModule =
      error instanceof SyntaxError && formatOf(path) === null && looksLikeModule(readSource(path).code);
    if (mayBeModule) return null;
    throw error;
  }
}

function loadJson(path: string, parent?: Module): unknown {
  const module = createModule(path, parent);
  module.exports = parseJson(path);
  cache[path] = module;
  return module.exports;
}

export function parseJson(path: string): unknown {
  try {
    return JSON.parse(String(readFileSync(path, 'utf8')).replace(/^\ufeff/, ''));
  } catch (error) {
    if (error instanceof SyntaxError) error.message = `${path}: ${error.message}`;
    throw error;
  }
}

function run(module: Module, wrapper: Wrapper): Module {
  cache[module.filename] = module;
  const require = createRequire(module.filename, module);
  module.require = require;
  Object.defineProperty(module, 'require', { enumerable: false });
  try {
    Reflect.apply(wrapper, module.exports, [module.exports, require, module, module.filename, module.path]);
  } catch (error) {
    delete cache[module.filename];
    throw error;
  }
  module.loaded = true;
  return module;
}

/** Runs the main file as CommonJS. */
export function runMainCommonJs(path: string, wrapper: Wrapper): void {
  main = createModule(path);
  run(main, wrapper);
}

/** The exports of a CommonJS file for an ES module that imports it. */
export function exportsOf(path: string): unknown {
  return load(path);
}
