import { assert } from '../library/assert.ts';
import { atob, Buffer, btoa } from '../library/buffer.ts';
import { cryptoModule } from '../library/crypto.ts';
import { EventEmitter } from '../library/events.ts';
import { fs, fsPromises } from '../library/fs.ts';
import { os } from '../library/os.ts';
import { path } from '../library/path.ts';
import { performance } from '../library/performance.ts';
import { process } from '../library/process.ts';
import { querystring } from '../library/querystring.ts';
import { readline, readlinePromises } from '../library/readline.ts';
import { StringDecoder } from '../library/string-decoder.ts';
import { timersPromises } from '../library/timers-promises.ts';
import { URL, URLSearchParams } from '../library/url.ts';
import { util } from '../library/util.ts';
import { clearImmediate, setImmediate } from '../run/immediates.ts';
import { clearInterval, clearTimeout, setInterval, setTimeout } from '../run/timers.ts';
import { defineBuiltin } from './builtins.ts';
import { createRequire } from './commonjs.ts';

const timers = { setTimeout, setInterval, setImmediate, clearTimeout, clearInterval, clearImmediate };

/** `fileURLToPath` and its reverse take only what a program of the sandbox can have: files of its own. */
const url = {
  URL,
  URLSearchParams,
  fileURLToPath: (address: string | URL) => decodeURIComponent(new URL(String(address)).pathname),
  pathToFileURL: (file: string) => new URL(`file://${encodeURI(path.resolve(file))}`),
};

const moduleModule = {
  createRequire: (from: string | URL) => createRequire(pathOf(String(from))),
  builtinModules: [],
};

function pathOf(from: string): string {
  return from.startsWith('file:') ? url.fileURLToPath(from) : from;
}

/** Makes Node's modules that this backend has importable. */
export function defineBuiltins(console: object): void {
  const modules: Record<string, object> = {
    assert,
    'assert/strict': assert.strict,
    buffer: { Buffer, atob, btoa },
    console,
    crypto: cryptoModule,
    events: Object.assign(EventEmitter, { EventEmitter }),
    fs,
    'fs/promises': fsPromises,
    module: moduleModule,
    os,
    path,
    'path/posix': path,
    perf_hooks: { performance },
    process,
    querystring,
    readline: { ...readline, promises: readlinePromises },
    'readline/promises': readlinePromises,
    string_decoder: { StringDecoder },
    timers: { ...timers, promises: timersPromises },
    'timers/promises': timersPromises,
    url,
    util,
    'util/types': util.types,
  };
  for (const [name, exports] of Object.entries(modules)) defineBuiltin(name, () => exports);
}
