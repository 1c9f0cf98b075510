import { invalidType } from '../errors/node-error.ts';
import { errnoError } from '../files/errors.ts';
import { Buffer } from './buffer.ts';
import { descriptorPath, isOpen } from './fs-descriptors.ts';

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

export type Given = Options | string | null | undefined;

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
