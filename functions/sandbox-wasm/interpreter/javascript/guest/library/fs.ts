import { FileContent } from '../files/file-content.ts';
import { setImmediate } from '../run/immediates.ts';
import * as contents from './fs-content.ts';
import { closeSync, fstatSync, openSync, readSync, writeSync } from './fs-descriptors.ts';
import * as entries from './fs-entries.ts';
import * as folders from './fs-folders.ts';
import { type PathLike, pathText } from './fs-paths.ts';
import { Dirent, Stats } from './fs-stats.ts';
import { InputStream } from './input-stream.ts';
import { OutputStream } from './output-stream.ts';

type Operation = (...parameters: never[]) => unknown;

const open = (path: PathLike, flags?: string, mode?: number) => openSync(pathText(path), flags, mode);

const constants = { F_OK: 0, R_OK: 4, W_OK: 2, X_OK: 1, COPYFILE_EXCL: 1 };

/** Operations by the name that the asynchronous forms have; the synchronous ones add `Sync`. */
const operations: Record<string, Operation> = {
  readFile: contents.readFileSync,
  writeFile: contents.writeFileSync,
  appendFile: contents.appendFileSync,
  access: entries.accessSync,
  stat: entries.statSync,
  lstat: entries.lstatSync,
  mkdir: folders.mkdirSync,
  readdir: folders.readdirSync,
  unlink: entries.unlinkSync,
  rmdir: folders.rmdirSync,
  rm: folders.rmSync,
  rename: entries.renameSync,
  copyFile: contents.copyFileSync,
  symlink: entries.symlinkSync,
  readlink: entries.readlinkSync,
  realpath: entries.realpathSync,
  truncate: contents.truncateSync,
  chmod: entries.chmodSync,
  utimes: entries.utimesSync,
  mkdtemp: folders.mkdtempSync,
};
const descriptorOperations: Record<string, Operation> = {
  open,
  close: closeSync,
  read: readSync,
  write: writeSync,
  fstat: fstatSync,
};

/** The callback form: `(error, result)`, in a later turn of the loop. */
function withCallback(operation: Operation): Operation {
  return (...parameters: unknown[]) => {
    const callback = parameters.pop();
    if (typeof callback !== 'function') throw new TypeError('The "cb" argument must be of type function.');
    let result: unknown;
    let failure: unknown = null;
    try {
      result = Reflect.apply(operation, null, parameters);
    } catch (error) {
      failure = error;
    }
    setImmediate(() => (failure === null ? callback(null, result) : callback(failure)));
  };
}

function asPromise(operation: Operation): Operation {
  return async (...parameters: unknown[]) => Reflect.apply(operation, null, parameters);
}

function mapValues(
  all: Record<string, Operation>,
  change: (operation: Operation) => Operation,
): Record<string, Operation> {
  return Object.fromEntries(Object.entries(all).map(([name, operation]) => [name, change(operation)]));
}

function withSuffix(all: Record<string, Operation>): Record<string, Operation> {
  return Object.fromEntries(Object.entries(all).map(([name, operation]) => [`${name}Sync`, operation]));
}

/** What `open` of `fs/promises` resolves to. */
class FileHandle {
  readonly fd: number;

  constructor(fd: number) {
    this.fd = fd;
  }

  async readFile(options?: string) {
    return contents.readFileSync(this.fd, options);
  }

  async writeFile(data: unknown) {
    writeSync(this.fd, data);
  }

  async appendFile(data: unknown) {
    writeSync(this.fd, data);
  }

  async read(buffer: Uint8Array, offset?: number, length?: number, position?: number | null) {
    return { bytesRead: readSync(this.fd, buffer, offset, length, position), buffer };
  }

  async write(data: unknown, ...rest: unknown[]) {
    return { bytesWritten: writeSync(this.fd, data, ...rest), buffer: data };
  }

  async stat() {
    return fstatSync(this.fd);
  }

  async close() {
    closeSync(this.fd);
  }
}

export const fsPromises = {
  ...mapValues(operations, asPromise),
  open: async (path: PathLike, flags?: string) => new FileHandle(open(path, flags)),
  constants,
};

export const fs = {
  ...withSuffix(operations),
  ...withSuffix(descriptorOperations),
  ...mapValues(operations, withCallback),
  ...mapValues(descriptorOperations, withCallback),
  existsSync: entries.existsSync,
  exists: (path: PathLike, callback: (isThere: boolean) => void) =>
    setImmediate(() => callback(entries.existsSync(path))),
  createReadStream(path: PathLike, options?: string | { encoding?: string }) {
    const encoding = (typeof options === 'string' ? options : options?.encoding) ?? null;
    const read = () => contents.readFileSync(path);
    const stream = new InputStream(
      () => {
        const content = read();
        return typeof content === 'string' ? FileContent.ofText(content) : FileContent.ofBytes(content);
      },
      { encoding },
    );
    return Object.assign(stream, { path });
  },
  createWriteStream(path: PathLike, options?: { flags?: string }) {
    contents.writeFileSync(path, '', { flag: options?.flags ?? 'w' });
    return Object.assign(new OutputStream((chunk) => contents.appendFileSync(path, chunk)), { path });
  },
  promises: fsPromises,
  constants,
  Stats,
  Dirent,
  F_OK: 0,
  R_OK: 4,
  W_OK: 2,
  X_OK: 1,
};
