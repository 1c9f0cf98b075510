import { createAttributeCalls } from './attribute-calls.ts';
import { createClockCalls } from './clock-calls.ts';
import { deniedImports } from './denied-imports.ts';
import { createFolderCalls } from './folder-calls.ts';
import type { Kernel } from './kernel.ts';
import { createOpenCalls } from './open-calls.ts';
import { createProcessCalls } from './process-calls.ts';
import { createRefusedCalls, type InterpreterHeap } from './refused-calls.ts';
import { createStatCalls } from './stat-calls.ts';
import { createStreamCalls } from './stream-calls.ts';

/** The program made the interpreter call something that only an attack on the sandbox would. */
export class BoundaryError extends Error {
  override readonly name = 'BoundaryError';
}

export type HostFunction = (...args: never[]) => unknown;

/** What system calls may do with the interpreter itself: nothing that its program couldn't do alone. */
export interface Callbacks extends InterpreterHeap {
  /** Calls a function of the interpreter's table with one argument. */
  callFunction(index: number, argument: number): void;
  /** Sets an OSError as the Python exception that is being raised. */
  raise(message: string): void;
}

/** The functions that a run's kernel gives to the interpreter, by import name. */
export function createSystemCalls(kernel: Kernel, callbacks: Callbacks): Record<string, HostFunction> {
  return {
    ...createOpenCalls(kernel),
    ...createStreamCalls(kernel),
    ...createStatCalls(kernel),
    ...createFolderCalls(kernel),
    ...createAttributeCalls(kernel),
    ...createClockCalls(kernel),
    ...createProcessCalls(kernel, callbacks.callFunction),
    ...createRefusedCalls(callbacks, callbacks.raise),
  };
}

/**
 * The interpreter's whole outside world. Each import leads to `current()`, so that one instance can serve runs
 * with a kernel each; a denied one throws past the interpreter. Throws for an import that is neither: fail closed.
 */
export function createImports(
  module: WebAssembly.Module,
  names: ReadonlySet<string>,
  current: () => Record<string, HostFunction>,
  onDenied: (name: string) => void,
): WebAssembly.Imports {
  const imports: Record<string, Record<string, WebAssembly.ImportValue>> = {};
  for (const { module: space, name, kind } of WebAssembly.Module.imports(module)) {
    const target = imports[space] ?? {};
    imports[space] = target;
    if (kind === 'global' && space === 'GOT.func') {
      target[name] = new WebAssembly.Global({ value: 'i32', mutable: true }, 0);
    } else if (kind === 'function' && names.has(name)) {
      target[name] = (...args: never[]) => current()[name]?.(...args);
    } else if (kind === 'function' && deniedImports.has(name)) {
      target[name] = () => {
        onDenied(name);
        throw new BoundaryError(name);
      };
    } else {
      throw new Error(`unknown import ${space}.${name} (${kind})`);
    }
  }
  return imports;
}
