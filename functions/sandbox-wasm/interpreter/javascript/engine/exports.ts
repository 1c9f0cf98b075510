/**
 * The engine's exports that we call, by the short names of the pinned build (a test compares them with the
 * package's own loader). Every argument and result is a number: a pointer into the engine's memory, or a size.
 */
export const exportNames = {
  initialize: 'u',
  malloc: 'v',
  free: 'M',
  throwValue: 'w',
  newRuntime: 'K',
  newContext: 'N',
  setMaxStackSize: 'D',
  enableInterruptHandler: 'Fa',
  disableInterruptHandler: 'Ga',
  enableModuleLoader: 'Ha',
  evaluate: 'pa',
  call: 'ma',
  newString: '_',
  newArrayBuffer: 'X',
  newFloat64: 'Y',
  newFunction: 'Da',
  getString: '$',
  freeString: 'S',
  getFloat64: 'Z',
  getArrayBuffer: 'aa',
  getArrayBufferLength: 'ba',
  typeOf: 'ra',
  getGlobal: 'ua',
  getProperty: 'ha',
  setProperty: 'ja',
  resolveException: 'na',
  duplicate: 'T',
  freeValue: 'P',
  runJobs: 'ga',
  getUndefined: 'E',
  promiseState: 'wa',
  promiseResult: 'xa',
} as const;

export type EngineCall = (...args: number[]) => number;
export type EngineCalls = Record<keyof typeof exportNames, EngineCall>;

/** @throws when the module lacks one of them. */
export function bindExports(exports: Record<string, unknown>): EngineCalls {
  const bound = Object.entries(exportNames).map(([name, short]) => {
    const call = exports[short];
    if (!isEngineCall(call)) throw new Error(`the engine has no ${name}`);
    return [name, call];
  });
  return Object.fromEntries(bound);
}

function isEngineCall(value: unknown): value is EngineCall {
  return typeof value === 'function';
}
