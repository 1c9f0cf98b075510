/**
 * The engine's linear memory, bounded by a limit of ours below WebAssembly's own. It can serve one engine after the
 * other, which spares the process the collection of a whole memory after every few runs.
 */
export interface EngineMemory {
  readonly memory: WebAssembly.Memory;
  /** A view that holds until the memory grows. */
  bytes(): Uint8Array<ArrayBuffer>;
  /** Grows to at least this size, unless that is past the limit. */
  growTo(sizeBytes: number): boolean;
  setLimit(limitBytes: number): void;
  /** Whether growing was ever refused under this limit. */
  wasRefused(): boolean;
  /** Fills it with zeros. False: it has grown, can't shrink, and is for nobody after this. */
  wipe(): boolean;
  getU32(address: number): number;
  setU32(address: number, value: number): void;
  setU64(address: number, value: bigint): void;
  /** The NUL-terminated bytes at `address`, copied. */
  getString(address: number): Uint8Array<ArrayBuffer>;
  setString(address: number, text: string): void;
}

const pageBytes = 65_536;
/** What the module declares as its least. */
export const initialPages = 256;
/** Grown at once, because every growth costs a system call. */
const growthBytes = 1_048_576;

export function createEngineMemory(maximumBytes: number): EngineMemory {
  const maximum = Math.max(initialPages, Math.floor(maximumBytes / pageBytes));
  const memory = new WebAssembly.Memory({ initial: initialPages, maximum });
  let limit = maximum * pageBytes;
  let refused = false;
  const bytes = () => new Uint8Array(memory.buffer);
  const view = () => new DataView(memory.buffer);

  return {
    memory,
    bytes,
    growTo(sizeBytes) {
      const current = memory.buffer.byteLength;
      if (sizeBytes > limit) {
        refused = true;
        return false;
      }
      const wanted = Math.min(limit, Math.max(sizeBytes, current + growthBytes));
      if (wanted > current) memory.grow(Math.ceil((wanted - current) / pageBytes));
      return true;
    },
    setLimit(limitBytes) {
      limit = Math.min(maximum * pageBytes, limitBytes);
      refused = false;
    },
    wasRefused: () => refused,
    wipe() {
      if (memory.buffer.byteLength > initialPages * pageBytes) return false;
      bytes().fill(0);
      return true;
    },
    getU32: (address) => view().getUint32(address, true),
    setU32: (address, value) => view().setUint32(address, value, true),
    setU64: (address, value) => view().setBigUint64(address, value, true),
    getString(address) {
      const all = bytes();
      return all.slice(address, all.indexOf(0, address));
    },
    setString(address, text) {
      bytes().set(Buffer.from(`${text}\0`), address);
    },
  };
}
