/**
 * The engine reports rejected promises through a C callback that its package doesn't bind. A callback must be a
 * WebAssembly function, so this module is one: `(i32, i64, i64, i32, i32) -> ()`, passed on to an import.
 */
const trackerModule = new WebAssembly.Module(
  new Uint8Array([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    // types: the signature
    ...[0x01, 0x09, 0x01, 0x60, 0x05, 0x7f, 0x7e, 0x7e, 0x7f, 0x7f, 0x00],
    // imports: "e" "t"
    ...[0x02, 0x07, 0x01, 0x01, 0x65, 0x01, 0x74, 0x00, 0x00],
    // exports: "t", the import itself
    ...[0x07, 0x05, 0x01, 0x01, 0x74, 0x00, 0x00],
  ]),
);

/** A function for the engine's table that calls `track` with the promise, its reason, and whether it is handled. */
export function createTracker(track: (promise: bigint, reason: bigint, isHandled: number) => void): unknown {
  const receive = (_context: number, promise: bigint, reason: bigint, isHandled: number) =>
    track(promise, reason, isHandled);
  return new WebAssembly.Instance(trackerModule, { e: { t: receive } }).exports.t;
}
