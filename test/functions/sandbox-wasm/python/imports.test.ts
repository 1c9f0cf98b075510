import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { pyodideVersion } from '../../../../functions/sandbox-wasm/interpreter/python/image.ts';
import { deniedImports } from '../../../../functions/sandbox-wasm/interpreter/python/kernel/denied-imports.ts';
import {
  BoundaryError,
  createImports,
} from '../../../../functions/sandbox-wasm/interpreter/python/kernel/imports.ts';

const pyodideFolder = join(import.meta.dirname, '../../../../node_modules/pyodide');

/** A module that imports the function `env.<name>` without parameters, and exports it as `call`. */
function moduleImporting(name: string): WebAssembly.Module {
  const text = (value: string) => [value.length, ...Buffer.from(value)];
  const imports = [1, ...text('env'), ...text(name), 0, 0];
  const exports = [1, ...text('call'), 0, 0];
  return new WebAssembly.Module(
    Uint8Array.from([
      ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0],
      ...[2, imports.length, ...imports, 7, exports.length, ...exports],
    ]),
  );
}

function callOf(module: WebAssembly.Module, imports: WebAssembly.Imports): () => void {
  const { call } = new WebAssembly.Instance(module, imports).exports;
  if (typeof call !== 'function') throw new Error('no call');
  return call as () => void;
}

describe('the import firewall', () => {
  it('refuses a module with an import that nobody has judged', () => {
    const module = moduleImporting('brand_new_bridge');

    expect(() =>
      createImports(
        module,
        new Set(),
        () => ({}),
        () => {},
      ),
    ).toThrow('unknown import env.brand_new_bridge');
  });

  it('throws past the interpreter when a denied import is called, and notes it', () => {
    const denied: string[] = [];
    const module = moduleImporting('raw_call_js');
    const call = callOf(
      module,
      createImports(
        module,
        new Set(),
        () => ({}),
        (name) => denied.push(name),
      ),
    );

    expect(call).toThrow(BoundaryError);

    expect(denied).toEqual(['raw_call_js']);
  });

  it('leads a granted import to the current run only', () => {
    const calls: string[] = [];
    const module = moduleImporting('fd_sync');
    let current = { fd_sync: () => calls.push('first') };
    const call = callOf(
      module,
      createImports(
        module,
        new Set(['fd_sync']),
        () => current,
        () => {},
      ),
    );
    call();
    current = { fd_sync: () => calls.push('second') };

    call();

    expect(calls).toEqual(['first', 'second']);
  });
});

describe('pyodide as installed', () => {
  let imports: { module: string; name: string; kind: string }[];

  beforeAll(() => {
    const module = new WebAssembly.Module(readFileSync(join(pyodideFolder, 'pyodide.asm.wasm')));
    imports = WebAssembly.Module.imports(module);
  });

  it('is the pinned version', () => {
    const { version }: { version: string } = JSON.parse(
      readFileSync(join(pyodideFolder, 'package.json'), 'utf8'),
    );

    expect(version).toBe(pyodideVersion);
  });

  it('has every import that is denied: the list holds no leftovers', () => {
    const names = new Set(imports.map(({ name }) => name));

    expect([...deniedImports].filter((name) => !names.has(name))).toEqual([]);
  });

  it('denies everything that is named for JavaScript', () => {
    const bridge = imports
      .map(({ name }) => name)
      .filter((name) =>
        /^Js|_?py(2|thon2)js|js2py|pyproxy|hiwire|raw_call_js|jslib|suspend|syncif/i.test(name),
      );

    expect(bridge.length).toBeGreaterThan(100);
    expect(bridge.filter((name) => !deniedImports.has(name))).toEqual(['__hiwire_deduplicate_new']);
  });
});
