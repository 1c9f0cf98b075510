import { setFlagsFromString } from 'node:v8';

/** Compile errors that Ruff has as lint rules, by what CPython says. Other rules aren't errors to CPython. */
const compileErrors = [
  'F404', // from __future__ imports must occur at the beginning of the file
  'F406', // import * only allowed at module level
  'F407', // future feature is not defined
  'F621', // too many expressions in star-unpacking assignment
  'F622', // multiple starred expressions in assignment
  'F701', // 'break' outside loop
  'F702', // 'continue' not properly in loop
  'F704', // 'yield' or 'await' outside function
  'F706', // 'return' outside function
  'F707', // default 'except:' must be last
  'PLE0115', // name is nonlocal and global
  'PLE0117', // no binding for nonlocal found
  'PLE0118', // name is used prior to global declaration
  'PLE1132', // keyword argument repeated
  'PLE1142', // 'await' outside async function
  'PLE1700', // 'yield from' inside async function
];

/**
 * Ruff, for the newest Python that a lane has. Its 10 MB of WebAssembly stay as V8's fast compiler makes them, all
 * functions but number 0: the optimizing compiler takes another 300 MiB and seconds of a core for code that runs for
 * under a millisecond. V8 reads the flag whenever it would optimize a function.
 */
export async function loadRuff() {
  setFlagsFromString('--wasm-tier-up-filter=0');
  const { PositionEncoding, Workspace } = await import('@astral-sh/ruff-wasm-nodejs');
  const options = { 'target-version': 'py314', lint: { select: compileErrors } };
  return new Workspace(options, PositionEncoding.Utf16);
}
