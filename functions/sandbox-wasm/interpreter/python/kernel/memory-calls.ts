const pageBytes = 65_536;
const mebibyte = 1_048_576;

/** What a run may allocate, and whether it asked for more. */
export interface MemoryLimit {
  limitBytes: number;
  /** An allocation was refused; the program may have coped with that. */
  wasRefused: boolean;
}

/** The only way for the interpreter to get more memory. */
export function createMemoryCalls(memory: WebAssembly.Memory, limit: MemoryLimit) {
  return {
    emscripten_get_heap_max: () => limit.limitBytes,
    emscripten_resize_heap(wanted: number): number {
      const wantedBytes = wanted >>> 0;
      const roomy = Math.min(limit.limitBytes, Math.ceil(wantedBytes / mebibyte) * mebibyte);
      if (wantedBytes > limit.limitBytes || !grow(memory, roomy)) {
        limit.wasRefused = true;
        return 0;
      }
      return 1;
    },
  };
}

function grow(memory: WebAssembly.Memory, toBytes: number): boolean {
  const missing = Math.ceil((toBytes - memory.buffer.byteLength) / pageBytes);
  if (missing <= 0) return true;
  try {
    memory.grow(missing);
    return true;
  } catch {
    return false;
  }
}
