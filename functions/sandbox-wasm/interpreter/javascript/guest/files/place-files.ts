import { host } from '../host.ts';
import { fromBase64 } from '../library/buffer/base64.ts';
import { writeOutput } from '../output.ts';
import type { Payload } from '../payload.ts';
import { limitDiskSpace } from './disk-space.ts';
import { FileContent } from './file-content.ts';
import {
  find,
  homeFolder,
  makeDevice,
  makeFile,
  makeFolder,
  operate,
  refuse,
  setContent,
} from './file-tree.ts';

const deviceReadBytes = 65_536;

/** Makes the folders and devices that every program finds. Part of the image. */
export function makeStandardFolders(): void {
  limitDiskSpace(Number.POSITIVE_INFINITY);
  for (const path of ['/dev', '/home', homeFolder, '/tmp']) makeFolder(find(path));
  const discard = () => {};
  makeDevice('/dev/null', { read: () => FileContent.ofText(''), write: discard });
  makeDevice('/dev/zero', {
    read: () => FileContent.ofBytes(new Uint8Array(deviceReadBytes)),
    write: discard,
  });
  makeDevice('/dev/urandom', {
    read: () => FileContent.ofBytes(new Uint8Array(host.randomBytes())),
    write: discard,
  });
  makeDevice('/dev/stdout', {
    read: () => FileContent.ofText(''),
    write: (content) => writeOutput('stdout', content.bytes()),
  });
  makeDevice('/dev/stderr', {
    read: () => FileContent.ofText(''),
    write: (content) => writeOutput('stderr', content.bytes()),
  });
}

/** Puts the program and its files into the working folder, as the program itself could. */
export function placeFiles({ files, mainName, source, stdin, diskBytes }: Payload): void {
  limitDiskSpace(diskBytes);
  makeDevice('/dev/stdin', { read: () => FileContent.ofText(stdin), write: () => {} });
  for (const { path, content, encoding } of files) {
    placeFile(
      path,
      encoding === 'base64' ? FileContent.ofBytes(fromBase64(content)) : FileContent.ofText(content),
    );
  }
  placeFile(mainName, FileContent.ofText(source));
}

function placeFile(path: string, content: FileContent): void {
  operate('open', path, () => {
    const names = path.split('/');
    const isUnsafe = names.some(
      (name) => name === '' || name === '.' || name === '..' || name.includes('\0'),
    );
    if (isUnsafe) refuse('EINVAL');
    for (let depth = 1; depth < names.length; depth++) {
      const place = find(names.slice(0, depth).join('/'));
      if (place.node === undefined) makeFolder(place);
    }
    const place = find(path);
    const node = place.node ?? makeFile(place, 0o644);
    if (node.kind !== 'file') refuse('EISDIR');
    setContent(node, content);
  });
}
