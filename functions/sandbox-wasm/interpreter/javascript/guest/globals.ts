import { Buffer } from './buffer/buffer.ts';
import { defineHidden } from './define.ts';
import { installProxyTracking } from './inspect/proxies.ts';
import { installStandardStreams } from './library/standard-streams.ts';
import { process } from './library/process.ts';
import { clearImmediate, setImmediate } from './run/immediates.ts';
import { clearInterval, clearTimeout, setInterval, setTimeout } from './run/timers.ts';

/** Defines what programs expect to find without importing it. */
export function installGlobals(console: object): void {
  installProxyTracking();
  installStandardStreams();
  defineHidden(globalThis, {
    console,
    process,
    Buffer,
    global: globalThis,
    setTimeout,
    setInterval,
    setImmediate,
    clearTimeout,
    clearInterval,
    clearImmediate,
    queueMicrotask,
  });
  Object.defineProperty(globalThis, Symbol.toStringTag, { value: 'global', configurable: true });
}

function queueMicrotask(callback: () => void): void {
  Promise.resolve().then(callback);
}
