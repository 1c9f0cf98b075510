import { errnoError } from '../files/errors.ts';
import { FileContent } from '../files/file-content.ts';
import * as tree from '../files/file-tree.ts';
import type { TreeNode } from '../files/node.ts';
import { Buffer } from './buffer.ts';
import { Stats } from './fs-stats.ts';

interface Descriptor {
  path: string;
  node: TreeNode;
  position: number;
  isAppending: boolean;
}

const standardPaths = ['/dev/stdin', '/dev/stdout', '/dev/stderr'];
const open = new Map<number, Descriptor>();
let next = 3;

export function isOpen(fd: number): boolean {
  return open.has(fd) || standardPaths[fd] !== undefined;
}

export function descriptorPath(fd: number): string {
  return open.get(fd)?.path ?? standardPaths[fd] ?? '';
}

function descriptor(fd: number, syscall: string): Descriptor {
  const known = open.get(fd);
  if (known !== undefined) return known;
  const path = standardPaths[fd];
  if (path === undefined) throw errnoError('EBADF', syscall);
  const made = { path, node: tree.nodeAt(path), position: 0, isAppending: false };
  open.set(fd, made);
  return made;
}

export function openSync(path: string, flags = 'r', mode = 0o666): number {
  const node = tree.operate('open', path, () => {
    const place = tree.find(path);
    if (flags.includes('x') && place.node !== undefined) tree.refuse('EEXIST');
    if (flags.startsWith('r') || place.node !== undefined) return place.node ?? tree.refuse('ENOENT');
    return tree.makeFile(place, mode & 0o755);
  });
  tree.operate('open', path, () => {
    if (node.kind === 'folder' && flags !== 'r') tree.refuse('EISDIR');
    if (node.kind === 'file' && flags.startsWith('w')) tree.setContent(node, FileContent.ofText(''));
  });
  const fd = next++;
  open.set(fd, { path, node, position: 0, isAppending: flags.startsWith('a') });
  return fd;
}

export function closeSync(fd: number): void {
  if (!open.delete(fd) && standardPaths[fd] === undefined) throw errnoError('EBADF', 'close');
}

export function fstatSync(fd: number): Stats {
  return new Stats(descriptor(fd, 'fstat').node);
}

interface Range {
  offset?: number;
  length?: number;
  position?: number | null;
}

export function readSync(
  fd: number,
  target: Uint8Array,
  offset: number | Range = 0,
  length?: number,
  position?: number | null,
): number {
  const range = typeof offset === 'number' ? { offset, length, position } : offset;
  const from = descriptor(fd, 'read');
  const bytes = tree.operate('read', undefined, () => {
    if (from.node.kind === 'file') return from.node.content.bytes();
    return from.node.kind === 'device' ? from.node.read().bytes() : tree.refuse('EISDIR');
  });
  const start = range.position ?? from.position;
  const at = range.offset ?? 0;
  const part = bytes.subarray(
    start,
    start + Math.min(range.length ?? target.length - at, target.length - at),
  );
  target.set(part, at);
  if (typeof range.position !== 'number') from.position += part.length;
  return part.length;
}

export function writeSync(fd: number, data: unknown, ...rest: unknown[]): number {
  const to = descriptor(fd, 'write');
  const bytes = bytesToWrite(data, rest);
  const position = typeof data === 'string' ? rest[0] : rest[2];
  tree.operate('write', undefined, () => {
    if (to.node.kind === 'device') to.node.write(FileContent.ofBytes(bytes));
    if (to.node.kind === 'file') writeAt(to, bytes, typeof position === 'number' ? position : null);
  });
  return bytes.length;
}

function bytesToWrite(data: unknown, rest: unknown[]): Uint8Array {
  if (!ArrayBuffer.isView(data))
    return Buffer.from(String(data), typeof rest[1] === 'string' ? rest[1] : 'utf8');
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  const start = typeof rest[0] === 'number' ? rest[0] : 0;
  return bytes.subarray(start, typeof rest[1] === 'number' ? start + rest[1] : bytes.length);
}

function writeAt(to: Descriptor, bytes: Uint8Array, wanted: number | null): void {
  if (to.node.kind !== 'file') return;
  const { content } = to.node;
  const start = to.isAppending ? content.size : (wanted ?? to.position);
  if (start === content.size) tree.setContent(to.node, content.append(FileContent.ofBytes(bytes)));
  else {
    const all = new Uint8Array(Math.max(content.size, start + bytes.length));
    all.set(content.bytes());
    all.set(bytes, start);
    tree.setContent(to.node, FileContent.ofBytes(all));
  }
  if (wanted === null) to.position = start + bytes.length;
}
