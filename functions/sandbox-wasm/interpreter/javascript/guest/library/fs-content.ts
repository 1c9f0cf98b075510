import { invalidType } from '../errors/node-error.ts';
import { FileContent } from '../files/file-content.ts';
import * as tree from '../files/file-tree.ts';
import type { FileNode, TreeNode } from '../files/node.ts';
import { encodeText, encodingNamed } from './buffer/encodings.ts';
import { Buffer } from './buffer.ts';
import { type Given, optionsOf, type PathLike, pathText } from './fs-paths.ts';

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

export function copyFileSync(from: PathLike, to: PathLike): void {
  const [source, target] = [pathText(from), pathText(to)];
  const content = tree.operate('copyfile', source, () => readNode(tree.nodeAt(source)), target);
  store(openForWriting(target, 0o644), content, false);
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
