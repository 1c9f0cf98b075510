import { defineHidden } from '../define.ts';
import { describeSites, engineStack } from './call-sites.ts';

/** Makes `stack`, `Error.captureStackTrace` and `Error.stackTraceLimit` what programs expect. */
export function installStack(): void {
  Object.defineProperty(Error.prototype, 'stack', {
    configurable: true,
    enumerable: false,
    get(this: unknown) {
      return typeof this === 'object' && this !== null ? stackOf(this) : undefined;
    },
    set(this: object, value: unknown) {
      defineStack(this, value);
    },
  });
  defineHidden(Error, {
    captureStackTrace(target: object) {
      const sites = describeSites(engineStack(new Error()) ?? '').slice(1);
      defineStack(target, [headOf(target), ...sites].join('\n'));
    },
  });
  Object.assign(Error, { stackTraceLimit: 10 });
}

function stackOf(error: object): string | undefined {
  const stack = engineStack(error);
  if (stack === undefined) return undefined;
  const limit: unknown = Reflect.get(Error, 'stackTraceLimit');
  const sites = describeSites(stack);
  return [headOf(error), ...sites.slice(0, typeof limit === 'number' ? limit : sites.length)].join('\n');
}

/** Never throws: this is read while errors are reported. */
function headOf(error: object): string {
  try {
    return Error.prototype.toString.call(error);
  } catch {
    return 'Error';
  }
}

function defineStack(target: object, value: unknown): void {
  Object.defineProperty(target, 'stack', { value, configurable: true, enumerable: false, writable: true });
}
