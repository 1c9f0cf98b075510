/** Space is counted in blocks, and every entry takes one more, so that a flood of empty files has an end too. */
const blockBytes = 4096;

let limitBytes = 0;
let usedBytes = 0;

export function limitDiskSpace(bytes: number): void {
  limitBytes = bytes;
}

/** False, and nothing taken, when it doesn't fit. A negative number gives space back. */
export function takeSpace(bytes: number): boolean {
  if (bytes > 0 && usedBytes + bytes > limitBytes) return false;
  usedBytes += bytes;
  return true;
}

export const entryBytes = blockBytes;

export function blocksOf(size: number): number {
  return Math.ceil(size / blockBytes) * blockBytes;
}
