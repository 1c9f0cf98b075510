/** WebAssembly pages of 64 KiB: 32 MiB, as the parser's build declares, to 256. */
const pages = { initial: 512, maximum: 4_096 } as const;

/** Where a parse is given up. Memory never shrinks again, so it is a ceiling for the process too. */
const mostBytes = 80 * 2 ** 20;

export interface ParserMemory {
  readonly memory: WebAssembly.Memory;
  /** Notes the memory as it is: grammars loaded, nothing parsed. */
  keep(): void;
  /**
   * Puts the memory back to what was kept, after the parser broke off in the middle of something. What it had
   * allocated is gone with it; parsers made before are as new.
   */
  restore(): void;
  /** Whether something was parsed that wanted more than there is at first. */
  hasGrown(): boolean;
  /** Starts a parse; the function tells whether it has taken too much. */
  watch(): () => boolean;
}

/**
 * The parser aborts when it runs out of memory, which leaves its heap in disorder. So a parse is given up long before;
 * and for the one that takes it all in a single step there is a copy of the heap, of half a MiB a grammar or so.
 */
export function createParserMemory(): ParserMemory {
  const memory = new WebAssembly.Memory(pages);
  let kept = new Uint8Array();

  return {
    memory,
    keep() {
      const bytes = new Uint8Array(memory.buffer);
      kept = bytes.slice(0, usedLength(bytes));
    },
    hasGrown: () => memory.buffer.byteLength > pages.initial * emptyPage.length,
    restore() {
      const bytes = new Uint8Array(memory.buffer);
      bytes.set(kept);
      bytes.fill(0, kept.length);
    },
    watch() {
      const most = Math.max(mostBytes, memory.buffer.byteLength);
      return () => memory.buffer.byteLength > most;
    },
  };
}

const emptyPage = new Uint8Array(65_536);

/** Up to the last page that isn't all zeros. */
function usedLength(bytes: Uint8Array): number {
  for (let end = bytes.length; end > 0; end -= emptyPage.length) {
    if (Buffer.compare(bytes.subarray(end - emptyPage.length, end), emptyPage) !== 0) return end;
  }
  return 0;
}
