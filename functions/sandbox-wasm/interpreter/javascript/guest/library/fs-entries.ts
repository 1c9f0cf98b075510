import * as tree from '../files/file-tree.ts';
import { type Given, optionsOf, type PathLike, pathText } from './fs-paths.ts';
import { Stats } from './fs-stats.ts';
import { join } from './path.ts';

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

export function unlinkSync(path: PathLike): void {
  const text = pathText(path);
  tree.operate('unlink', text, () => {
    const place = tree.find(text, false);
    if (place.node?.kind === 'folder') tree.refuse('EISDIR');
    if (place.node?.kind === 'device') tree.refuse('EACCES');
    tree.remove(place);
  });
}

export function renameSync(from: PathLike, to: PathLike): void {
  const [source, target] = [pathText(from), pathText(to)];
  tree.operate('rename', source, () => tree.move(tree.find(source, false), tree.find(target, false)), target);
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
