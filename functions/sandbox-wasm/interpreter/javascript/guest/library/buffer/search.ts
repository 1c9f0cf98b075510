/** Where the needle starts in the bytes, from an offset that may count from the end; -1 when nowhere. */
export function findBytes(bytes: Uint8Array, needle: Uint8Array, from: number): number {
  const start = from < 0 ? Math.max(0, bytes.length + from) : Math.min(from, bytes.length);
  const first = needle[0];
  if (first === undefined) return start;
  const last = bytes.length - needle.length;
  let at = Uint8Array.prototype.indexOf.call(bytes, first, start);
  while (at !== -1 && at <= last) {
    if (matchesAt(bytes, needle, at)) return at;
    at = Uint8Array.prototype.indexOf.call(bytes, first, at + 1);
  }
  return -1;
}

export function findLastBytes(bytes: Uint8Array, needle: Uint8Array, from: number): number {
  const asked = from < 0 ? bytes.length + from : from;
  for (let at = Math.min(asked, bytes.length - needle.length); at >= 0; at--) {
    if (matchesAt(bytes, needle, at)) return at;
  }
  return -1;
}

function matchesAt(bytes: Uint8Array, needle: Uint8Array, at: number): boolean {
  for (let index = 0; index < needle.length; index++) {
    if (bytes[at + index] !== needle[index]) return false;
  }
  return true;
}

/** The order of two byte strings: -1, 0 or 1. */
export function compareBytes(a: Uint8Array, b: Uint8Array): -1 | 0 | 1 {
  const shared = Math.min(a.length, b.length);
  for (let at = 0; at < shared; at++) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    if (difference !== 0) return difference < 0 ? -1 : 1;
  }
  if (a.length === b.length) return 0;
  return a.length < b.length ? -1 : 1;
}
