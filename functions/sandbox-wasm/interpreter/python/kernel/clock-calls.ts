import { performance } from 'node:perf_hooks';
import { type Kernel, negated, positive } from './kernel.ts';

const clockId = { realtime: 0, monotonic: 1, process: 2, thread: 3 } as const;

/** Calls about time. The program's time zone is always UTC, whatever the host's. */
export function createClockCalls(kernel: Kernel) {
  const { memory } = kernel;

  function nanoseconds(clock: number): bigint {
    if (clock === clockId.process || clock === clockId.thread) {
      const { user, system } = process.threadCpuUsage();
      return BigInt(user + system) * 1000n;
    }
    return BigInt(Math.round((clock === clockId.realtime ? kernel.now() : performance.now()) * 1e6));
  }

  /** Layout of `struct tm`: nine 32-bit fields, then the offset from UTC and the zone's name. */
  function writeBrokenDown(seconds: bigint, tm: number): void {
    const date = new Date(Number(seconds) * 1000);
    const year = date.getUTCFullYear();
    const fields = [
      date.getUTCSeconds(),
      date.getUTCMinutes(),
      date.getUTCHours(),
      date.getUTCDate(),
      date.getUTCMonth(),
      year - 1900,
      date.getUTCDay(),
      Math.floor((date.getTime() - Date.UTC(year, 0, 1)) / 86_400_000),
      0,
      0,
    ];
    fields.forEach((value, index) => {
      memory.setI32(tm + 4 * index, value);
    });
  }

  function normalize(tm: number): bigint {
    const field = (index: number) => memory.i32(tm + 4 * index);
    const date = new Date(0);
    date.setUTCFullYear(field(5) + 1900, field(4), field(3));
    date.setUTCHours(field(2), field(1), field(0));
    if (Number.isNaN(date.getTime())) return -1n;
    const seconds = BigInt(Math.floor(date.getTime() / 1000));
    writeBrokenDown(seconds, tm);
    return seconds;
  }

  return {
    emscripten_date_now: () => kernel.now(),
    emscripten_get_now: () => performance.now(),
    clock_time_get: positive((clock: number, _precision: bigint, result: number) =>
      memory.setI64(result, nanoseconds(clock)),
    ),
    clock_res_get: positive((_clock: number, result: number) => memory.setI64(result, 1000n)),
    _gmtime_js: (seconds: bigint, tm: number) => writeBrokenDown(seconds, tm),
    _localtime_js: (seconds: bigint, tm: number) => writeBrokenDown(seconds, tm),
    _timegm_js: normalize,
    _mktime_js: normalize,
    _tzset_js(timezone: number, daylight: number, standardName: number, daylightName: number) {
      memory.setI32(timezone, 0);
      memory.setI32(daylight, 0);
      for (const name of [standardName, daylightName]) memory.bytes(name, 4).set(Buffer.from('UTC\0'));
    },
    __syscall_poll: negated((entries: number, count: number, timeoutMs: number) =>
      poll(kernel, entries, count, timeoutMs),
    ),
  };
}

const event = { canRead: 1, canWrite: 4, invalid: 32 } as const;
const nobody = new Int32Array(new SharedArrayBuffer(4));

/**
 * Waits without using the CPU when nothing is ready, which is how the program sleeps: nothing in this
 * one-threaded world can become ready meanwhile, so the whole timeout passes.
 */
function poll(kernel: Kernel, entries: number, count: number, timeoutMs: number): number {
  let ready = 0;
  for (let index = 0; index < count; index += 1) {
    const entry = entries + 8 * index;
    const wanted = kernel.memory.i16(entry + 4);
    const seen = readiness(kernel, kernel.memory.i32(entry)) & (wanted | event.invalid);
    kernel.memory.setI16(entry + 6, seen);
    if (seen !== 0) ready += 1;
  }
  if (ready === 0 && timeoutMs !== 0) Atomics.wait(nobody, 0, 0, timeoutMs < 0 ? Infinity : timeoutMs);
  return ready;
}

function readiness(kernel: Kernel, fd: number): number {
  if (!kernel.descriptors.has(fd)) return event.invalid;
  const { node } = kernel.descriptors.get(fd);
  const state = node.kind === 'device' ? node.device.poll?.() : undefined;
  if (state === undefined) return event.canRead | event.canWrite;
  return (state.canRead ? event.canRead : 0) | (state.canWrite ? event.canWrite : 0);
}
