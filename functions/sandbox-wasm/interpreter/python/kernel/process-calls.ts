import { randomFillSync } from 'node:crypto';
import { errno } from './errno.ts';
import { type Kernel, negated, positive } from './kernel.ts';
import { userId } from './stat-calls.ts';

/** The program ended itself by `_exit`, past all of the interpreter's own endings. */
export class ProgramExit extends Error {
  override readonly name = 'ProgramExit';
  readonly exitCode: number;

  constructor(exitCode: number) {
    super('the program called _exit');
    this.exitCode = exitCode;
  }
}

/** The interpreter gave up by `abort`, as it does on a broken invariant. */
export class ProgramAbort extends Error {
  override readonly name = 'ProgramAbort';
}

/** Calls about the process: how it ends, its environment, randomness, and the machine it believes in. */
export function createProcessCalls(kernel: Kernel, callFunction: (index: number, argument: number) => void) {
  const { memory } = kernel;

  function exit(code: number): never {
    throw new ProgramExit(code & 0xff);
  }

  function abort(): never {
    throw new ProgramAbort('abort');
  }

  return {
    proc_exit: exit,
    exit,
    _abort_js: abort,
    __assert_fail: abort,
    environ_sizes_get: positive((count: number, size: number) => {
      memory.setU32(count, 0);
      memory.setU32(size, 0);
    }),
    environ_get: positive(() => {}),
    random_get: positive((address: number, length: number) => {
      randomFillSync(memory.bytes(address, length));
    }),
    __syscall_getuid32_js: () => userId,
    __syscall_ioctl: negated((fd: number) => {
      kernel.descriptors.get(fd);
      return -errno.ENOTTY;
    }),
    /** A handler set by `signal.signal`, called for a signal that the program raised itself. */
    __call_sighandler: (handler: number, signal: number) => callFunction(handler, signal),
    _Py_CheckEmscriptenSignals_Helper: () => 0,
    /** A string for `sys._emscripten_info`, which may be missing. */
    _Py_emscripten_runtime: () => 0,
    _emscripten_get_progname(address: number, length: number) {
      if (length > 0) memory.setU8(address, 0);
    },
    _emscripten_lookup_name: () => 0,
    emscripten_runtime_keepalive_push: () => {},
    emscripten_runtime_keepalive_pop: () => {},
    _emscripten_runtime_keepalive_clear: () => {},
  };
}
