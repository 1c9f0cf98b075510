/**
 * Error numbers of the interpreter's C library, which are WASI's and not Linux's
 * (https://github.com/WebAssembly/WASI, `errno`); EAFNOSUPPORT to EXDEV as in `emscripten/system/lib/libc`.
 */
export const errno = {
  EACCES: 2,
  EAFNOSUPPORT: 5,
  EAGAIN: 6,
  EBADF: 8,
  EBUSY: 10,
  EEXIST: 20,
  EFAULT: 21,
  EFBIG: 22,
  EINVAL: 28,
  EISDIR: 31,
  ELOOP: 32,
  EMFILE: 33,
  ENAMETOOLONG: 37,
  ENODEV: 43,
  ENOENT: 44,
  ENOSPC: 51,
  ENOSYS: 52,
  ENOTDIR: 54,
  ENOTEMPTY: 55,
  ENOTTY: 59,
  EPERM: 63,
  EPIPE: 64,
  ERANGE: 68,
  EROFS: 69,
  ESPIPE: 70,
} as const;
export type ErrnoName = keyof typeof errno;

/** A system call's refusal: the program sees it as an `OSError`. */
export class ErrnoError extends Error {
  override readonly name = 'ErrnoError';
  readonly errno: number;

  constructor(name: ErrnoName) {
    super(name);
    this.errno = errno[name];
  }
}
