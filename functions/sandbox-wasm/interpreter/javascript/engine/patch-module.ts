/**
 * Three edits to the pinned QuickJS binary, each checked to apply exactly once, so that another version of it
 * fails at once instead of behaving oddly.
 *
 * - The function table becomes an export: the engine calls back through it, and a callback that the binary's own
 *   interface lacks (rejected promises) can be added to it.
 * - Errors keep their call sites under a name of their own instead of `stack`, which leaves `stack` to an
 *   accessor that writes it as programs know it.
 * - A ReferenceError names its variable without quotes, as everywhere else.
 */
export function patchModule(original: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = Buffer.from(original);
  replaceOnce(bytes, '\0errors\0stack\0name\0', `\0errors\0${callSitesKey}\0name\0`);
  replaceOnce(bytes, "\0'%s' is not defined\0", '\0%s is not defined\0\0\0');
  return exportTable(bytes);
}

/** Where the engine leaves an error's call sites; as long as `stack`, and no name that a program would choose. */
export const callSitesKey = '@call';
/** The name under which the function table is exported. */
export const tableExport = 'table';

/** https://webassembly.github.io/spec/core/binary/modules.html#export-section */
const exportSectionId = 7;
const tableKind = 1;
const headerBytes = 8;

function replaceOnce(bytes: Buffer, from: string, to: string): void {
  const at = bytes.indexOf(from, 0, 'latin1');
  const isUnique = at >= 0 && bytes.indexOf(from, at + 1, 'latin1') < 0;
  if (!isUnique || from.length !== to.length) throw new Error('the engine is not the pinned version');
  bytes.write(to, at, 'latin1');
}

function exportTable(bytes: Buffer): Uint8Array<ArrayBuffer> {
  for (let at = headerBytes; at < bytes.length; ) {
    const size = readLeb(bytes, at + 1);
    const end = size.end + size.value;
    if (bytes[at] === exportSectionId) {
      const count = readLeb(bytes, size.end);
      const entry = Buffer.from([tableExport.length, ...Buffer.from(tableExport), tableKind, 0]);
      const body = Buffer.concat([encodeLeb(count.value + 1), bytes.subarray(count.end, end), entry]);
      const section = [Buffer.from([exportSectionId]), encodeLeb(body.length), body];
      return new Uint8Array(Buffer.concat([bytes.subarray(0, at), ...section, bytes.subarray(end)]));
    }
    at = end;
  }
  throw new Error('the engine exports nothing');
}

/** An unsigned LEB128 number, and where it ends. */
function readLeb(bytes: Buffer, at: number): { value: number; end: number } {
  let value = 0;
  for (let end = at, shift = 0; ; shift += 7) {
    const byte = bytes[end++] ?? 0;
    value += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) return { value, end };
  }
}

function encodeLeb(value: number): Buffer {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Buffer.from([...bytes, rest]);
    bytes.push((rest % 128) + 128);
  }
}
