import type { EngineMemory } from './engine-memory.ts';

/** The engine gave up on itself: a failed assertion, `abort`, `exit`. No program can reach these in a sound engine. */
export class EngineAbort extends Error {
  override readonly name = 'EngineAbort';
}

/** What the engine calls back for. Pointers lead into its own memory. */
export interface EngineHooks {
  /** A host function was called: its number, and the address of its first argument. Returns a value or 0. */
  callFunction(id: number, argumentCount: number, firstArgument: number): number;
  /** Returns the resolved name, as a string that the engine frees. */
  resolveModule(fromName: number, specifier: number): number;
  /** Returns the source, as a string that the engine frees; 0 after setting an exception. */
  loadModule(name: number): number;
  /** A promise was rejected with nobody listening, or somebody began to listen after that. */
  trackRejection(promise: bigint, reason: bigint, isHandled: number): void;
}

type Import = (...args: never[]) => number | undefined;

/** https://github.com/WebAssembly/WASI/blob/main/legacy/preview1/docs.md#errno */
const badDescriptor = 8;
/** Where `struct tm` keeps its fields, in 32-bit words. */
const tm = { sec: 0, min: 1, hour: 2, mday: 3, mon: 4, year: 5, wday: 6, yday: 7, isdst: 8, gmtoff: 9 };
const dayMs = 86_400_000;

/**
 * Everything the engine can reach, by the short names of the pinned build (a test compares them with the
 * package's own loader): the clock, its own memory and the hooks. No environment, no files, no time zone but UTC.
 */
export function createImports(memory: EngineMemory, hooks: EngineHooks, now: () => number) {
  const fail = (what: string): Import => {
    return () => {
      throw new EngineAbort(what);
    };
  };
  const imports: Record<string, Import> = {
    b: fail('assertion failed'),
    q: fail('abort'),
    r: fail('exit'),
    l: () => undefined,
    j: () => 0,
    p: now,
    m: (seconds: bigint, result: number) => writeUtc(memory, Number(seconds), result),
    n: (offset: number, hasDaylight: number, standard: number, daylight: number) => {
      memory.setU32(offset, 0);
      memory.setU32(hasDaylight, 0);
      memory.setString(standard, 'UTC');
      memory.setString(daylight, 'UTC');
      return undefined;
    },
    k: (bytes: number) => (memory.growTo(bytes >>> 0) ? 1 : 0),
    e: () => 0,
    f: (count: number, size: number) => {
      memory.setU32(count, 0);
      memory.setU32(size, 0);
      return 0;
    },
    c: () => badDescriptor,
    d: () => badDescriptor,
    o: () => badDescriptor,
    s: (_context: number, _self: number, count: number, first: number, id: number) =>
      hooks.callFunction(id, count, first),
    i: () => 0,
    g: (_runtime: number, _context: number, fromName: number, specifier: number) =>
      hooks.resolveModule(fromName, specifier),
    h: (_runtime: number, _context: number, name: number) => hooks.loadModule(name),
    t: () => undefined,
  };
  return { a: { ...imports, a: memory.memory } };
}

/** `localtime`, in the only time zone there is. */
function writeUtc(memory: EngineMemory, seconds: number, result: number): undefined {
  const date = new Date(seconds * 1000);
  const year = date.getUTCFullYear();
  const set = (field: number, value: number) => memory.setU32(result + field * 4, value);
  set(tm.sec, date.getUTCSeconds());
  set(tm.min, date.getUTCMinutes());
  set(tm.hour, date.getUTCHours());
  set(tm.mday, date.getUTCDate());
  set(tm.mon, date.getUTCMonth());
  set(tm.year, year - 1900);
  set(tm.wday, date.getUTCDay());
  set(tm.yday, Math.floor((date.getTime() - Date.UTC(year, 0, 1)) / dayMs));
  set(tm.isdst, 0);
  set(tm.gmtoff, 0);
}
