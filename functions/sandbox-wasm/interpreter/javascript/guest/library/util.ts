import { isProxy } from '../proxies.ts';
import { isDate, isError, isMap, isPromise, isRegExp, isSet } from './inspect/brand.ts';
import { format, inspect, isDeepStrictEqual } from './inspect.ts';
import { TextDecoder, TextEncoder } from './text-codec.ts';

type Operation = (...parameters: unknown[]) => unknown;

export const customPromisify = Symbol.for('nodejs.util.promisify.custom');

function promisify(operation: Operation): Operation {
  const custom: unknown = Reflect.get(operation, customPromisify);
  if (typeof custom === 'function') return custom as Operation;
  return function promisified(this: unknown, ...parameters: unknown[]) {
    return new Promise((resolve, reject) => {
      const done = (error: unknown, result: unknown) => (error ? reject(error) : resolve(result));
      Reflect.apply(operation, this, [...parameters, done]);
    });
  };
}
promisify.custom = customPromisify;

function callbackify(operation: (...parameters: unknown[]) => Promise<unknown>): Operation {
  return (...parameters: unknown[]) => {
    const callback = parameters.pop() as (error: unknown, result?: unknown) => void;
    operation(...parameters).then(
      (result) => callback(null, result),
      (error: unknown) => callback(error),
    );
  };
}

function inherits(child: { prototype: object }, parent: { prototype: object }): void {
  Object.defineProperty(child, 'super_', { value: parent, configurable: true, writable: true });
  Object.setPrototypeOf(child.prototype, parent.prototype);
}

function stripVTControlCharacters(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what this removes.
  return text.replace(/\u001b\[[0-9;]*[A-Za-z]/g, '');
}

const isObject = (test: (value: object) => boolean) => (value: unknown) =>
  typeof value === 'object' && value !== null && test(value);

export const util = {
  inspect,
  format,
  isDeepStrictEqual,
  promisify,
  callbackify,
  inherits,
  deprecate: (operation: Operation) => operation,
  stripVTControlCharacters,
  isArray: Array.isArray,
  TextEncoder,
  TextDecoder,
  types: {
    isProxy,
    isDate: isObject(isDate),
    isRegExp: isObject(isRegExp),
    isMap: isObject(isMap),
    isSet: isObject(isSet),
    isPromise: isObject(isPromise),
    isNativeError: isError,
    isTypedArray: (value: unknown) => ArrayBuffer.isView(value) && !(value instanceof DataView),
    isUint8Array: (value: unknown) => value instanceof Uint8Array,
    isArrayBuffer: (value: unknown) => value instanceof ArrayBuffer,
    isAsyncFunction: (value: unknown) => Object.prototype.toString.call(value) === '[object AsyncFunction]',
    isGeneratorFunction: (value: unknown) =>
      Object.prototype.toString.call(value) === '[object GeneratorFunction]',
  },
};
