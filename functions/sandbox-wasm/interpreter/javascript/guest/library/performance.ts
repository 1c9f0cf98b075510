import { host } from '../host.ts';

const originMs = { value: 0 };

/** Sets what `performance.now()` counts from: the start of the program. */
export function beginPerformance(): void {
  originMs.value = host.now();
}

/** The part of the Performance API that programs measure themselves with. */
export const performance = {
  now: (): number => host.now() - originMs.value,
  get timeOrigin(): number {
    return Date.now() - performance.now();
  },
  mark: (name: string) => ({ name, entryType: 'mark', startTime: performance.now(), duration: 0 }),
  toJSON: () => ({ timeOrigin: performance.timeOrigin }),
};
