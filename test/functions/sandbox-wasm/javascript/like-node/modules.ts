import { likeNode, stdoutLikeNode } from './like-node.ts';

const helper = {
  'm.mjs': 'export const v = 42; export default "def"; export let n = 0; export const inc = () => { n++; };',
};

export const modulePrograms = [
  likeNode(
    'import: built-ins, ES modules, CommonJS',
    `import fs, { readFileSync } from 'node:fs'; import path from 'path'; import { v } from './m.mjs'; import d from './m.mjs';
import * as ns from './m.mjs'; import c, { named } from './c.cjs'; import EventEmitter, { once } from 'events';
console.log(fs.readFileSync === readFileSync, path.join('a', 'b'), v, d, Object.keys(ns), c, named, typeof once, typeof EventEmitter);
console.log(import.meta.filename.split('/').pop(), typeof import.meta.dirname, import.meta.url.startsWith('file:///'), typeof require, this);`,
    { files: { ...helper, 'c.cjs': 'exports.named = 1; exports.x = { a: 1 };' } },
  ),
  likeNode(
    'require: files, JSON, folders, packages, ES modules',
    `const h = require('./helper'); const { join } = require('node:path');
console.log(h.hi(), join('a', '..', 'b'), require('./data.json'), require('./lib'), require('pkg'), require('pkg/sub'), require('./m.mjs').v);
console.log(__filename.split('/').pop(), typeof __dirname, require.main === module, module.id, module.loaded, this === module.exports,
  require.resolve('fs'), require.resolve('./helper').split('/').pop(), Object.keys(require.cache).length > 1);`,
    {
      files: {
        ...helper,
        'helper.js': 'exports.hi = () => "hi " + require.main.filename.split("/").pop();',
        'data.json': '{"k":[1,2]}',
        'lib/index.js': 'module.exports = "index";',
        'node_modules/pkg/package.json': '{"main":"dist/x.js"}',
        'node_modules/pkg/dist/x.js': 'module.exports = "pkg " + require("../sub");',
        'node_modules/pkg/sub.js': 'module.exports = "sub";',
      },
    },
  ),
  likeNode('modules that need each other', "const a = require('./a'); console.log(a.done, a.b);", {
    files: {
      'a.js': 'exports.done = false; const b = require("./b"); exports.b = b.x; exports.done = true;',
      'b.js': 'const a = require("./a"); exports.x = "b saw " + a.done;',
    },
  }),
  likeNode('ES modules that need each other', "import { a } from './a.mjs';\nconsole.log(a());", {
    files: {
      'a.mjs':
        'import { b } from "./b.mjs"; export function a() { return "a" + b(); } export const v = "va";',
      'b.mjs': 'import { v } from "./a.mjs"; export function b() { return "b" + v; }',
    },
  }),
  likeNode(
    'live bindings and dynamic import',
    `import { n, inc } from './m.mjs'; console.log(n); inc(); console.log(n, (await import('./m.mjs')).n, (await import('fs')).default === (await import('node:fs')).default);
try { await import('./syntax.mjs'); } catch (e) { console.log(e.name); }
try { await import('./throws.mjs'); } catch (e) { console.log(e.message); }
try { await import('./nope.mjs'); } catch (e) { console.log(e.code); }`,
    { files: { ...helper, 'syntax.mjs': 'let = =', 'throws.mjs': 'throw new Error("tt");' } },
  ),
  likeNode(
    'a module that fails, caught where it is required',
    `for (const file of ['./bad', './bad.json', './throws', './throws', './throws.mjs', './nope']) {
  try { require(file); } catch (e) { console.log(file, e.name, e.code, e.name === 'SyntaxError' ? '' : e.message.split('\\n')[0]); }
}`,
    {
      files: {
        'bad.js': 'let = = 3',
        'bad.json': '{x',
        'throws.js': 'globalThis.n = (globalThis.n || 0) + 1; throw new Error("t" + globalThis.n);',
        'throws.mjs': 'throw new Error("module");',
      },
    },
  ),
  likeNode(
    'imports that fail, caught at the import alone',
    `process.on('unhandledRejection', () => console.log('never'));
import('./throws.mjs').catch((e) => console.log(1, e.message)); import('./dep.mjs').catch((e) => console.log(2, e.message));`,
    { files: { 'throws.mjs': 'throw new Error("tt");', 'dep.mjs': 'import "./throws.mjs"; export {};' } },
  ),
  likeNode(
    "import data from './d.json' with { type: 'json' }",
    "import data from './d.json' with { type: 'json' };\nconsole.log(data);",
    {
      files: { 'd.json': '{"a":1}' },
    },
  ),
  likeNode(
    'package.json says what files are',
    "import { v } from './m.js';\nconsole.log(v, typeof require);",
    {
      files: { 'package.json': '{"type":"module"}', 'm.js': 'export const v = 1;' },
    },
  ),
  likeNode('await at the top', 'const x = await Promise.resolve(5);\nconsole.log(x);'),
  likeNode(
    'module.exports replaced',
    'exports.a = 1; console.log(module.exports); module.exports = 5; console.log(exports, arguments.length);',
  ),
  likeNode(
    'createRequire',
    "import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);\nconsole.log(require('./d.json'), require('path').sep);",
    { files: { 'd.json': '[1]' } },
  ),
  stdoutLikeNode(
    'a promise at the top that nobody settles',
    "console.log('before');\nawait new Promise(() => {});",
  ),
];
