import { crc32, deflateRawSync } from 'node:zlib';

/** One file in a ZIP archive, its content still compressed by `method`. */
export interface ZipEntry {
  name: string;
  /** 0: stored, 8: deflated. */
  method: number;
  crc: number;
  size: number;
  compressed: Uint8Array;
}

const signature = { file: 0x04034b50, directory: 0x02014b50, end: 0x06054b50 } as const;
const length = { file: 30, directory: 46, end: 22 } as const;
/** 1980-01-01 00:00, the earliest: an archive depends on its content only. */
const dosDate = 0x0021;
const minimumVersion = 20;

/** Lists the files of an archive (APPNOTE.TXT 6.3), as small ones are: no comment, no ZIP64. */
export function readZip(archive: Buffer): ZipEntry[] {
  const end = archive.length - length.end;
  if (archive.readUInt32LE(end) !== signature.end) throw new Error('not a plain ZIP archive');
  const entries: ZipEntry[] = [];
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left -= 1) {
    const nameLength = archive.readUInt16LE(at + 28);
    const fileAt = archive.readUInt32LE(at + 42);
    const contentAt =
      fileAt + length.file + archive.readUInt16LE(fileAt + 26) + archive.readUInt16LE(fileAt + 28);
    entries.push({
      name: archive.toString('utf8', at + length.directory, at + length.directory + nameLength),
      method: archive.readUInt16LE(at + 10),
      crc: archive.readUInt32LE(at + 16),
      size: archive.readUInt32LE(at + 24),
      compressed: archive.subarray(contentAt, contentAt + archive.readUInt32LE(at + 20)),
    });
    at += length.directory + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  return entries;
}

export function zipEntry(name: string, content: Uint8Array): ZipEntry {
  return { name, method: 8, crc: crc32(content), size: content.length, compressed: deflateRawSync(content) };
}

/** Writes an archive of these files, in this order. */
export function writeZip(entries: readonly ZipEntry[]): Buffer {
  const files: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const entry of entries) {
    const name = Buffer.from(entry.name);
    const shared = sharedHeader(entry, name.length);
    const file = Buffer.concat([uint32(signature.file), shared, name, entry.compressed]);
    const versionMadeBy = uint16(minimumVersion);
    const rest = Buffer.concat([Buffer.alloc(10), uint32(offset)]);
    directory.push(Buffer.concat([uint32(signature.directory), versionMadeBy, shared, rest, name]));
    files.push(file);
    offset += file.length;
  }
  const index = Buffer.concat(directory);
  const count = uint16(entries.length);
  const end = [uint32(signature.end), Buffer.alloc(4), count, count, uint32(index.length), uint32(offset)];
  return Buffer.concat([...files, index, ...end, Buffer.alloc(2)]);
}

/** The 26 bytes that a file's own header and its line in the directory have in common. */
function sharedHeader({ method, crc, size, compressed }: ZipEntry, nameLength: number): Buffer {
  const utf8Names = 0x0800;
  return Buffer.concat([
    ...[minimumVersion, utf8Names, method, 0, dosDate].map(uint16),
    ...[crc, compressed.length, size].map(uint32),
    ...[nameLength, 0].map(uint16),
  ]);
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value >>> 0);
  return bytes;
}
