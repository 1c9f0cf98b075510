import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { exportNames } from '../../../../functions/sandbox-wasm/interpreter/javascript/engine/exports.ts';
import {
  patchModule,
  tableExport,
} from '../../../../functions/sandbox-wasm/interpreter/javascript/engine/patch-module.ts';

const { resolve } = createRequire(import.meta.url);
const wasmFile = resolve('@jitl/quickjs-wasmfile-release-sync/wasm');
const bytes = readFileSync(wasmFile);
/** The package's own JavaScript, which says what each short name of the binary stands for. */
const loader = readFileSync(join(dirname(wasmFile), 'emscripten-module.mjs'), 'utf8');

describe('the names of the binary', () => {
  it.each([
    ['malloc', '_malloc'],
    ['free', '_free'],
    ['throwValue', '_QTS_Throw'],
    ['newRuntime', '_QTS_NewRuntime'],
    ['newContext', '_QTS_NewContext'],
    ['setMaxStackSize', '_QTS_RuntimeSetMaxStackSize'],
    ['enableInterruptHandler', '_QTS_RuntimeEnableInterruptHandler'],
    ['disableInterruptHandler', '_QTS_RuntimeDisableInterruptHandler'],
    ['enableModuleLoader', '_QTS_RuntimeEnableModuleLoader'],
    ['evaluate', '_QTS_Eval'],
    ['call', '_QTS_Call'],
    ['newString', '_QTS_NewString'],
    ['newArrayBuffer', '_QTS_NewArrayBuffer'],
    ['newFloat64', '_QTS_NewFloat64'],
    ['newFunction', '_QTS_NewFunction'],
    ['getString', '_QTS_GetString'],
    ['freeString', '_QTS_FreeCString'],
    ['getFloat64', '_QTS_GetFloat64'],
    ['getArrayBuffer', '_QTS_GetArrayBuffer'],
    ['getArrayBufferLength', '_QTS_GetArrayBufferLength'],
    ['typeOf', '_QTS_Typeof'],
    ['getProperty', '_QTS_GetProp'],
    ['resolveException', '_QTS_ResolveException'],
    ['freeValue', '_QTS_FreeValuePointer'],
    ['runJobs', '_QTS_ExecutePendingJob'],
    ['getUndefined', '_QTS_GetUndefined'],
    ['promiseState', '_QTS_PromiseState'],
    ['promiseResult', '_QTS_PromiseResult'],
  ])('%s is %s', (ours, theirs) => {
    const short = new Map(Object.entries(exportNames)).get(ours) ?? 'not bound';

    expect(loader).toMatch(new RegExp(`\\bd\\.${theirs}=b\\.${short.replace('$', '\\$')}[;,\\s]`));
  });

  it('covers every export that we bind, but the constructors of C++', () => {
    const named = new Set([...loader.matchAll(/\bd\._\w+=b\.([\w$]+)/g)].map(([, short]) => short));

    const unnamed = Object.entries(exportNames).filter(([, short]) => !named.has(short));

    expect(unnamed.map(([name]) => name)).toEqual(['initialize']);
    expect(loader).toContain(`Z.${exportNames.initialize}();`);
  });

  it.each([
    ['b', 'Assertion failed'],
    ['p', 'Date.now()'],
    ['m', 'getFullYear()-1900'],
    ['n', 'getTimezoneOffset()'],
    ['k', 'buffer.byteLength'],
    ['s', 'callbacks.callFunction'],
    ['i', 'callbacks.shouldInterrupt'],
    ['h', 'callbacks.loadModuleSource'],
    ['g', 'callbacks.normalizeModule'],
    ['t', 'callbacks.freeHostRef'],
  ])('import %s is the one with %s', (short, words) => {
    const table = loader.slice(loader.indexOf('xa={'));
    const rest = table.slice(table.search(new RegExp(`[{,\\s]${short}:`)) + 2);
    const end = rest.search(/[,\s][a-z]:(?:\(|function|a=>|[a-z]\b)/);

    expect(end < 0 ? rest : rest.slice(0, end)).toContain(words);
  });
});

describe('patching the binary', () => {
  it('adds the function table to its exports and leaves the rest', () => {
    const before = new WebAssembly.Module(bytes);
    const after = new WebAssembly.Module(patchModule(bytes));

    expect(WebAssembly.Module.imports(after)).toEqual(WebAssembly.Module.imports(before));
    expect(WebAssembly.Module.exports(after)).toEqual([
      ...WebAssembly.Module.exports(before),
      { name: tableExport, kind: 'table' },
    ]);
  });

  it('refuses another version', () => {
    const other = Buffer.from(bytes);
    other.write("'%q'", other.indexOf("'%s' is not defined"));

    expect(() => patchModule(other)).toThrow('not the pinned version');
    expect(() => patchModule(new Uint8Array(8))).toThrow('not the pinned version');
  });
});
