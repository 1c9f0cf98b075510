import { type Attack, type Expected, python, throws } from '../../../support/attack.ts';

const noModule = (name: string): Expected =>
  throws('ModuleNotFoundError', new RegExp(`No module named '${name}' \\(the wasm backend has`));

/** Ways that Pyodide gives to JavaScript. The JavaScript half of Pyodide isn't even loaded. */
export const bridgeAttacks: Attack[] = [
  python('import js finds no module', 'import js', noModule('js')),
  python('import pyodide finds no module', 'import pyodide', noModule('pyodide')),
  python('import pyodide_js finds no module', 'import pyodide_js', noModule('pyodide_js')),
  python('import _pyodide_core finds no module', 'import _pyodide_core', noModule('_pyodide_core')),
  python('import micropip finds no module', 'import micropip', noModule('micropip')),
  python(
    'pyodide.code.run_js finds no module',
    'from pyodide.code import run_js\nrun_js("process.exit(9)")',
    noModule('pyodide'),
  ),
  python(
    'create_proxy finds no module',
    'from pyodide.ffi import create_proxy\ncreate_proxy(print)',
    noModule('pyodide'),
  ),
  python(
    'js.process.binding finds no module',
    'from js import process\nprocess.binding("spawn_sync")',
    noModule('js'),
  ),
  python(
    'node:sqlite through js.require finds no module',
    'from js import require\nrequire("node:sqlite")',
    noModule('js'),
  ),
  python(
    'the builtin importer knows no bridge module',
    `import importlib.machinery as m
print([m.BuiltinImporter.find_spec(n) for n in ("_pyodide_core", "_pyodide", "js", "pyodide_js")])`,
    { stdout: '[None, None, None, None]\n' },
  ),
  python(
    'removing every import hook of ours finds no bridge either',
    `import sys
sys.meta_path[:] = [f for f in sys.meta_path if "importlib" in getattr(f, "__module__", "")]
import _pyodide_core`,
    throws('ModuleNotFoundError', "No module named '_pyodide_core'"),
  ),
  python(
    'a builtin made by hand under the name of the bridge is refused',
    `import _imp, importlib.machinery as m
_imp.create_builtin(m.ModuleSpec("_pyodide_core", None))
print("still here")`,
    { stdout: 'still here\n' },
  ),
  python(
    'an extension module is not loaded',
    `import _imp, importlib.machinery as m
open("evil.so", "wb").write(b"\\0asm\\1\\0\\0\\0")
_imp.create_dynamic(m.ModuleSpec("evil", None, origin="/home/user/evil.so"))`,
    throws('ImportError'),
  ),
  python(
    'the runtime tells nothing about its host',
    'import sys, os\nprint(sys._emscripten_info.runtime, os.uname().nodename, os.getpid(), os.getuid())',
    { stdout: 'None emscripten 42 1000\n' },
  ),
];
