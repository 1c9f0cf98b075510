/** Modules of Node that exist, but not here: these need a process, a network or native code. */
const unavailable = new Set(
  (
    'async_hooks child_process cluster dgram diagnostics_channel dns domain http http2 https inspector ' +
    'net repl sea sqlite stream test tls trace_events tty v8 vm wasi worker_threads zlib'
  ).split(' '),
);

/** An ordinary error for what can't be imported, with the code that the way of importing gives in Node. */
export function moduleNotFound(specifier: string, code: 'MODULE_NOT_FOUND' | 'ERR_MODULE_NOT_FOUND'): Error {
  const name = specifier.replace(/^node:/, '').split('/')[0] ?? '';
  const isBare = !/^[./]/.test(specifier);
  const why = unavailable.has(name)
    ? ': not available in the wasm backend, which has no processes, network or native modules'
    : isBare
      ? ': not available in the wasm backend, which has no packages but those among the files'
      : '';
  return Object.assign(new Error(`Cannot find module '${specifier}'${why}`), { code });
}
