/**
 * The part of the WebAssembly JavaScript API (https://webassembly.github.io/spec/js-api/) that the interpreters
 * use: TypeScript has it in its `dom` library only, which the project does without.
 */
declare namespace WebAssembly {
  type ImportValue = ((...args: never[]) => unknown) | Global | Memory | Table;
  type ExportValue = ImportValue;
  type Imports = Record<string, Record<string, ImportValue>>;

  class Module {
    constructor(bytes: Uint8Array);
    static imports(module: Module): { module: string; name: string; kind: string }[];
    static exports(module: Module): { name: string; kind: string }[];
  }

  class Instance {
    constructor(module: Module, imports?: Imports);
    readonly exports: Record<string, ExportValue>;
  }

  class Memory {
    constructor(limits: { initial: number; maximum?: number });
    readonly buffer: ArrayBuffer;
    grow(pages: number): number;
  }

  class Table {
    readonly length: number;
    grow(entries: number, value?: unknown): number;
    get(index: number): unknown;
    set(index: number, value: unknown): void;
  }

  class Global {
    constructor(type: { value: 'i32' | 'i64' | 'f64'; mutable: boolean }, value: number);
    value: unknown;
  }

  class RuntimeError extends Error {}

  /** An exception of the module's own, such as C++ throws. Not an Error. */
  class Exception {}
}
