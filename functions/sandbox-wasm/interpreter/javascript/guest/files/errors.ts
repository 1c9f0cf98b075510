/** Error numbers of Linux and their words in libuv. */
const messages = {
  ENOENT: [-2, 'no such file or directory'],
  EBADF: [-9, 'bad file descriptor'],
  EACCES: [-13, 'permission denied'],
  EEXIST: [-17, 'file already exists'],
  ENOTDIR: [-20, 'not a directory'],
  EISDIR: [-21, 'illegal operation on a directory'],
  EINVAL: [-22, 'invalid argument'],
  ENOSPC: [-28, 'no space left on device'],
  ELOOP: [-40, 'too many symbolic links encountered'],
  ENOTEMPTY: [-39, 'directory not empty'],
  ENAMETOOLONG: [-36, 'name too long'],
} as const satisfies Record<string, readonly [number, string]>;
export type ErrnoCode = keyof typeof messages;

/** An error as Node's `fs` throws it. */
export function errnoError(code: ErrnoCode, syscall: string, path?: string, target?: string): Error {
  const [errno, words] = messages[code];
  const places = [path, target].filter((place) => place !== undefined).map((place) => `'${place}'`);
  const place = places.length === 0 ? '' : ` ${places.join(' -> ')}`;
  const error = new Error(`${code}: ${words}, ${syscall}${place}`);
  return Object.assign(error, {
    errno,
    code,
    syscall,
    ...(path === undefined ? {} : { path }),
    ...(target === undefined ? {} : { dest: target }),
  });
}
