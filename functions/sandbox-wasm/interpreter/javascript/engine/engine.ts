import type { EngineMemory } from './engine-memory.ts';
import { bindExports, type EngineCalls } from './exports.ts';
import { createImports, type EngineHooks } from './imports.ts';
import { tableExport } from './patch-module.ts';
import { createTracker } from './rejection-tracker.ts';

/**
 * QuickJS as a bare WebAssembly instance. The package's own JavaScript is never loaded: the engine's only way out
 * is {@link createImports}.
 */
export interface Engine {
  call: EngineCalls;
  memory: EngineMemory;
  /** The table entry of the function that hears of rejected promises. */
  trackerIndex: number;
}

/** Makes an instance on a blank memory: `initialize` it, or restore an image. */
export function createEngine(
  module: WebAssembly.Module,
  { memory, hooks, now }: { memory: EngineMemory; hooks: EngineHooks; now: () => number },
): Engine {
  const { exports } = new WebAssembly.Instance(module, createImports(memory, hooks, now));
  const table = exports[tableExport];
  if (!(table instanceof WebAssembly.Table)) throw new Error('the engine exports no table');
  const trackerIndex = table.grow(1, createTracker(hooks.trackRejection));
  return { call: bindExports(exports), memory, trackerIndex };
}
