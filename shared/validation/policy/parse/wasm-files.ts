import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

export const grammars = ['python', 'javascript', 'typescript', 'bash'] as const;
export type Grammar = (typeof grammars)[number];

/** The parser and its grammars, by the names of their files. */
export type WasmFile = 'web-tree-sitter.wasm' | `tree-sitter-${Grammar}.wasm`;

/** Where the files are: in packages here, beside the handler in a bundle. */
export type ReadWasm = (file: WasmFile) => Promise<Uint8Array>;

/** Reads files that are beside a bundle. */
export function readWasmBeside(bundleUrl: string): ReadWasm {
  return (file) => readFile(new URL(`./${file}`, bundleUrl));
}

/** Reads from the installed packages. */
export const readWasmFromPackages: ReadWasm = (file) => readFile(packagedPathOf(file));

export function packagedPathOf(file: WasmFile): string {
  const path =
    file === 'web-tree-sitter.wasm' ? `web-tree-sitter/${file}` : `@vscode/tree-sitter-wasm/wasm/${file}`;
  return createRequire(import.meta.url).resolve(path);
}
