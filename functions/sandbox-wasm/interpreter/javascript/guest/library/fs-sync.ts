import { invalidType } from '../errors/node-error.ts';
import { errnoError } from '../files/errors.ts';
import { FileContent } from '../files/file-content.ts';
import * as tree from '../files/file-tree.ts';
import type { FileNode, FolderNode, TreeNode } from '../files/node.ts';
import { encodeText, encodingNamed } from './buffer/encodings.ts';
import { Buffer } from './buffer.ts';
import { descriptorPath, isOpen } from './fs-descriptors.ts';
import { Dirent, Stats } from './fs-stats.ts';
import { join } from './path.ts';

export type PathLike = string | URL | Uint8Array | number;
interface Options {
  encoding?: string | null;
  flag?: string;
  mode?: number;
  recursive?: boolean;
  force?: boolean;
  withFileTypes?: boolean;
  throwIfNoEntry?: boolean;
}
type Given = Options | string | null | undefined;

export function optionsOf(given: Given): Options {
  return typeof given === 'string' ? { encoding: given } : (given ?? {});
}

/** A path as text; a descriptor is the path that it was opened with. */
export function pathText(path: PathLike, syscall = 'open'): string {
  if (typeof path === 'string') {
    if (path.includes('\0')) throw invalidType('path', 'a string without null bytes', path);
    return path;
  }
  if (typeof path === 'number') {
    if (!isOpen(path)) throw errnoError('EBADF', syscall);
    return descriptorPath(path);
  }
  if (path instanceof Uint8Array) return Buffer.from(path).toString();
  if (typeof path === 'object' && path !== null && 'pathname' in path)
    return decodeURIComponent(path.pathname);
  throw invalidType('path', 'of type string or an instance of Buffer or URL', path);
}

function contentOf(data: unknown, encoding: string | null | undefined): FileContent {
  if (typeof data === 'string') {
    const isText = encoding === undefined || encoding === null || /^utf-?8$/i.test(encoding);
    return isText
      ? FileContent.ofText(data.toWellFormed())
      : FileContent.ofBytes(encodeText(data, encodingNamed(encoding)));
  }
  if (ArrayBuffer.isView(data))
    return FileContent.ofBytes(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  throw invalidType('data', 'of type string or an instance of Buffer, TypedArray, or DataView', data);
}

function readNode(node: TreeNode): FileContent {
  if (node.kind === 'file') return node.content;
  return node.kind === 'device' ? node.read() : tree.refuse('EISDIR');
}

export function readFileSync(path: PathLike, given?: Given): Buffer | string {
  const { encoding } = optionsOf(given);
  const text = pathText(path, 'read');
  const node = tree.operate('open', text, () => tree.nodeAt(text));
  const content = tree.operate('read', undefined, () => readNode(node));
  if (encoding === undefined || encoding === null || encoding === 'buffer')
    return Buffer.from(content.bytes());
  return /^utf-?8$/i.test(encoding) ? content.text() : Buffer.from(content.bytes()).toString(encoding);
}

function openForWriting(path: string, mode: number, isExclusive = false): TreeNode {
  return tree.operate('open', path, () => {
    const place = tree.find(path);
    if (isExclusive && place.node !== undefined) tree.refuse('EEXIST');
    const node = place.node ?? tree.makeFile(place, mode);
    return node.kind === 'folder' ? tree.refuse('EISDIR') : node;
  });
}

function store(node: TreeNode, content: FileContent, isAppended: boolean): void {
  tree.operate('write', undefined, () => {
    if (node.kind === 'device') node.write(content);
    if (node.kind === 'file') tree.setContent(node, isAppended ? node.content.append(content) : content);
  });
}

export function writeFileSync(path: PathLike, data: unknown, given?: Given): void {
  const { encoding, flag = 'w', mode = 0o666 } = optionsOf(given);
  const content = contentOf(data, encoding);
  const isAppended = flag.startsWith('a') || (typeof path === 'number' && path > 2);
  store(openForWriting(pathText(path), mode & 0o755, flag.includes('x')), content, isAppended);
}

export function appendFileSync(path: PathLike, data: unknown, given?: Given): void {
  writeFileSync(path, data, { ...optionsOf(given), flag: 'a' });
}

export function existsSync(path: PathLike): boolean {
  try {
    return tree.find(pathText(path)).node !== undefined;
  } catch {
    return false;
  }
}

export function accessSync(path: PathLike): void {
  const text = pathText(path);
  tree.operate('access', text, () => tree.nodeAt(text));
}

export function statSync(path: PathLike, given?: Given): Stats | undefined {
  return statusOf(path, 'stat', true, optionsOf(given).throwIfNoEntry !== false);
}

export function lstatSync(path: PathLike, given?: Given): Stats | undefined {
  return statusOf(path, 'lstat', false, optionsOf(given).throwIfNoEntry !== false);
}

function statusOf(
  path: PathLike,
  syscall: string,
  followsLast: boolean,
  isRequired: boolean,
): Stats | undefined {
  const text = pathText(path);
  if (!isRequired && !existsSync(text)) return undefined;
  return new Stats(tree.operate(syscall, text, () => tree.nodeAt(text, followsLast)));
}

export function mkdirSync(path: PathLike, given?: Given | number): string | undefined {
  const text = pathText(path);
  const isRecursive = typeof given === 'object' && given !== null && given.recursive === true;
  return tree.operate('mkdir', text, () => {
    if (!isRecursive) {
      const place = tree.find(text);
      if (place.node !== undefined) tree.refuse('EEXIST');
      tree.makeFolder(place);
      return undefined;
    }
    return makeAll(text);
  });
}

function makeAll(path: string): string | undefined {
  const names = path.split('/');
  let first: string | undefined;
  for (let count = 1; count <= names.length; count++) {
    const part = names.slice(0, count).join('/') || '/';
    const place = tree.find(part);
    if (place.node === undefined) {
      tree.makeFolder(place);
      first ??= part;
    } else if (place.node.kind !== 'folder') tree.refuse('EEXIST');
  }
  return first;
}

export function readdirSync(path: PathLike, given?: Given): unknown[] {
  const { withFileTypes = false, recursive = false } = optionsOf(given);
  const text = pathText(path);
  const folder = tree.operate('scandir', text, () => tree.folderNodeAt(text));
  const found = list(folder, text, '', recursive);
  return found.map(({ name, parent, node }) =>
    withFileTypes ? new Dirent(node, name.split('/').at(-1) ?? '', parent) : name,
  );
}

function list(
  folder: FolderNode,
  path: string,
  prefix: string,
  isDeep: boolean,
): { name: string; parent: string; node: TreeNode }[] {
  const names = [...folder.entries.keys()].sort();
  return names.flatMap((name) => {
    const node = folder.entries.get(name);
    if (node === undefined) return [];
    const here = { name: prefix + name, parent: path, node };
    return isDeep && node.kind === 'folder'
      ? [here, ...list(node, join(path, name), `${prefix}${name}/`, true)]
      : [here];
  });
}

export function unlinkSync(path: PathLike): void {
  const text = pathText(path);
  tree.operate('unlink', text, () => {
    const place = tree.find(text, false);
    if (place.node?.kind === 'folder') tree.refuse('EISDIR');
    if (place.node?.kind === 'device') tree.refuse('EACCES');
    tree.remove(place);
  });
}

export function rmdirSync(path: PathLike): void {
  const text = pathText(path);
  tree.operate('rmdir', text, () => {
    const folder = tree.folderNodeAt(text);
    if (folder.entries.size > 0) tree.refuse('ENOTEMPTY');
    removeFolder(folder, text);
  });
}

function removeFolder(folder: FolderNode, path: string): void {
  if (folder.parent === null || tree.pathOf(folder) === tree.workingFolder()) tree.refuse('EACCES');
  const name = tree.pathOf(folder).split('/').at(-1) ?? path;
  tree.remove({ folder: folder.parent, name, node: folder });
}

export function rmSync(path: PathLike, given?: Given): void {
  const { recursive = false, force = false } = optionsOf(given);
  const text = pathText(path);
  if (force && !existsSync(text)) return;
  const node = tree.operate('rm', text, () => tree.nodeAt(text, false));
  if (node.kind !== 'folder') unlinkSync(text);
  else if (!recursive) throw errnoError('EISDIR', 'rm', text);
  else tree.operate('rm', text, () => removeFolder(node, text));
}

export function renameSync(from: PathLike, to: PathLike): void {
  const [source, target] = [pathText(from), pathText(to)];
  tree.operate('rename', source, () => tree.move(tree.find(source, false), tree.find(target, false)), target);
}

export function copyFileSync(from: PathLike, to: PathLike): void {
  const [source, target] = [pathText(from), pathText(to)];
  const content = tree.operate('copyfile', source, () => readNode(tree.nodeAt(source)), target);
  store(openForWriting(target, 0o644), content, false);
}

export function symlinkSync(target: PathLike, path: PathLike): void {
  const [to, from] = [pathText(target), pathText(path)];
  tree.operate(
    'symlink',
    to,
    () => {
      const place = tree.find(from, false);
      if (place.node !== undefined) tree.refuse('EEXIST');
      tree.makeLink(place, to);
    },
    from,
  );
}

export function readlinkSync(path: PathLike): string {
  const text = pathText(path);
  return tree.operate('readlink', text, () => {
    const node = tree.nodeAt(text, false);
    return node.kind === 'link' ? node.target : tree.refuse('EINVAL');
  });
}

export function realpathSync(path: PathLike): string {
  const text = pathText(path);
  return tree.operate('realpath', text, () => {
    const { folder, name, node } = tree.find(text);
    if (node === undefined) tree.refuse('ENOENT');
    return node.kind === 'folder' ? tree.pathOf(node) : join(tree.pathOf(folder), name);
  });
}

export function truncateSync(path: PathLike, length = 0): void {
  const text = pathText(path);
  tree.operate('open', text, () => {
    const node: TreeNode = tree.nodeAt(text);
    if (node.kind !== 'file') tree.refuse('EISDIR');
    resize(node, length);
  });
}

function resize(node: FileNode, length: number): void {
  const bytes = node.content.bytes();
  if (length <= bytes.length) {
    tree.setContent(node, FileContent.ofBytes(bytes.subarray(0, length)));
    return;
  }
  const padding = FileContent.ofBytes(new Uint8Array(length - bytes.length));
  tree.setContent(node, node.content.append(padding));
}

export function chmodSync(path: PathLike, mode: number): void {
  const text = pathText(path);
  tree.operate('chmod', text, () => {
    tree.nodeAt(text).mode = mode & 0o777;
  });
}

export function utimesSync(path: PathLike, _accessed: unknown, modified: number | Date): void {
  const text = pathText(path);
  tree.operate('utime', text, () => {
    tree.nodeAt(text).modifiedMs = modified instanceof Date ? modified.getTime() : Number(modified) * 1000;
  });
}

export function mkdtempSync(prefix: string): string {
  const random = Array.from(crypto.getRandomValues(new Uint8Array(6)), (byte) =>
    (byte % 36).toString(36),
  ).join('');
  mkdirSync(prefix + random);
  return prefix + random;
}
