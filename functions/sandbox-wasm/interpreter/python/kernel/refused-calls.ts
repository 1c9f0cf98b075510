import { errno } from './errno.ts';

/** EAI_FAIL of `getaddrinfo`: there is no resolver and never will be. */
const noResolver = -4;

/** The program's own `malloc` and `free`. */
export interface InterpreterHeap {
  /** Stores the new block's address at `result` too. Zero: no memory left. */
  allocate(size: number, result: number): number;
  free(address: number): void;
}

/**
 * Calls that ordinary programs make and that have no meaning here: each fails the way its manual page says, so
 * that the program gets an ordinary exception. `raise` sets a Python exception for the ones without a result.
 */
export function createRefusedCalls(heap: InterpreterHeap, raise: (message: string) => void) {
  const refuse = () => -errno.EPERM;
  const noSocket = () => -errno.EAFNOSUPPORT;
  const noMapping = () => -errno.ENODEV;
  const nothing = () => 0;
  /** No asynchronous variant of the call: the interpreter goes on with the synchronous one. */
  const noAsync = () => null;
  const noForeignCall = () => {
    raise("calling C functions isn't available in the wasm backend: ctypes can only describe data here");
    return 0;
  };

  return {
    _emscripten_system: refuse,
    __syscall_mknodat: refuse,
    __syscall_socket: noSocket,
    __syscall_accept4: noSocket,
    __syscall_bind: noSocket,
    __syscall_connect: noSocket,
    __syscall_getpeername: noSocket,
    __syscall_getsockname: noSocket,
    __syscall_getsockopt: noSocket,
    __syscall_listen: noSocket,
    __syscall_recvfrom: noSocket,
    __syscall_recvmsg: noSocket,
    __syscall_sendmsg: noSocket,
    __syscall_sendto: noSocket,
    getaddrinfo: () => noResolver,
    getnameinfo: () => noResolver,
    getprotobyname: nothing,
    _maybe_connect_async: noAsync,
    _maybe_recvfrom_async: noAsync,
    _maybe_sendto_async: noAsync,
    _maybe_poll_async: noAsync,
    _try_fcntl64: nothing,
    _try_shutdown: nothing,
    can_run_sync_js: nothing,
    gc_register_proxies: nothing,
    /** A table of JavaScript references that the module makes at its start: it stays empty. */
    __hiwire_deduplicate_new: noAsync,
    _mmap_js: noMapping,
    _munmap_js: noMapping,
    _msync_js: noMapping,
    _setitimer_js: nothing,
    _dlopen_js: nothing,
    _dlsym_js: nothing,
    ffi_call_js: noForeignCall,
    /** ctypes makes callbacks while it is imported: they exist, but nothing can ever call them. */
    ffi_closure_alloc_js: (size: number, code: number) => heap.allocate(size, code),
    ffi_prep_closure_loc_js: nothing,
    ffi_closure_free_js: (address: number) => heap.free(address),
  };
}
