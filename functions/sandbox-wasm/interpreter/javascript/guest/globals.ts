import { installArrayFromAsync } from './array-from-async.ts';
import { defineHidden } from './define.ts';
import { installRangeErrors } from './errors/range-errors.ts';
import { host } from './host.ts';
import { AbortController, AbortSignal, Event, EventTarget, setAbortTimer } from './library/abort.ts';
import { atob, Buffer, btoa } from './library/buffer.ts';
import { crypto } from './library/crypto.ts';
import { DOMException } from './library/dom-exception.ts';
import { type PromisePeek, setPeek } from './library/inspect/peek.ts';
import { installLocale } from './library/number-locale.ts';
import { performance } from './library/performance.ts';
import { process } from './library/process.ts';
import { installStandardStreams } from './library/standard-streams.ts';
import { structuredClone } from './library/structured-clone.ts';
import { TextDecoder, TextEncoder } from './library/text-codec.ts';
import { installTimerPromises } from './library/timers-promises.ts';
import { URL, URLSearchParams } from './library/url.ts';
import { customPromisify } from './library/util.ts';
import { defineBuiltins } from './modules/define-builtins.ts';
import { trackProxies, unwrapProxy } from './proxies.ts';
import { clearImmediate, setImmediate } from './run/immediates.ts';
import { clearInterval, clearTimeout, setInterval, setTimeout } from './run/timers.ts';

/** Defines what programs expect to find without importing it. */
export function installGlobals(console: object): void {
  trackProxies();
  installRangeErrors();
  installArrayFromAsync();
  installTimerPromises(customPromisify);
  setPeek({ promise: peekPromise, unwrap: unwrapProxy });
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
    structuredClone,
    performance,
    crypto,
    atob,
    btoa,
    TextEncoder,
    TextDecoder,
    URL,
    URLSearchParams,
    AbortController,
    AbortSignal,
    Event,
    EventTarget,
    DOMException,
  });
  installLocale(globalThis);
  nameTimeZone();
  setAbortTimer((callback, delayMs) => setTimeout(callback, delayMs).unref());
  defineBuiltins(console);
  Object.defineProperty(globalThis, Symbol.toStringTag, { value: 'global', configurable: true });
}

function peekPromise(promise: Promise<unknown>): PromisePeek {
  const state = host.promiseState(promise);
  if (state <= 0) return { state: 'pending' };
  return { state: state === 1 ? 'fulfilled' : 'rejected', result: host.promiseResult(promise) };
}

function queueMicrotask(callback: () => void): void {
  Promise.resolve().then(callback);
}

/** Dates name their time zone, the only one there is, as they do elsewhere. */
function nameTimeZone(): void {
  const { toString: toText, toTimeString } = Date.prototype;
  const named = (write: () => string) =>
    function (this: Date): string {
      const text = Reflect.apply(write, this, []);
      return text.endsWith('+0000') ? `${text} (Coordinated Universal Time)` : text;
    };
  defineHidden(Date.prototype, { toString: named(toText), toTimeString: named(toTimeString) });
}
