import { randomBytes } from 'node:crypto';
import type { OutputStream } from '../../../../shared/sandboxes/collect-output.ts';
import type { WriteOutput } from '../interpreter.ts';
import type { Session } from './engine/image.ts';
import { backtraceBarrier, moduleFlag, type Value, valueBytes } from './engine/values.ts';
import { GuestExit, readReport } from './guest-exit.ts';

/**
 * The boundary: all that a program's world can ask of ours, in the order in which the guest gets them. They take
 * strings and bytes, copied out of the engine's memory without running code of the guest, and ignore everything
 * else; what they return is a string, a number or bytes. Only `exit` throws, to leave the engine for good.
 */
export const hostFunctions = [
  'writeStdout',
  'writeStderr',
  'now',
  'randomBytes',
  'evaluate',
  'evaluateModule',
  'promiseState',
  'promiseResult',
  'exit',
] as const;
type HostFunctionName = (typeof hostFunctions)[number];

/** No value: the caller gets `undefined`. */
const nothing: Value = 0;
const randomPoolBytes = 256;
const evaluationFlags = { script: backtraceBarrier, module: backtraceBarrier | moduleFlag };

/** Answers a call of the host function with this number. */
export function callHost(
  session: Session,
  write: WriteOutput,
  id: number,
  count: number,
  first: number,
): Value {
  const { engine, values, image } = session;
  const { call } = engine;
  const name = hostFunctions[id];
  const parameter = (index: number): Value | null => (index < count ? first + index * valueBytes : null);
  const text = (index: number) => {
    const value = parameter(index);
    return value === null ? null : values.stringOf(value);
  };

  const functions: Record<HostFunctionName, () => Value> = {
    writeStdout: () => output('stdout'),
    writeStderr: () => output('stderr'),
    /** Milliseconds of a monotonic clock. */
    now: () => values.newNumber(performance.now()),
    randomBytes: () => values.newBytes(randomBytes(randomPoolBytes)),
    /** Evaluates a script in the guest under a file name, which stacks then show. */
    evaluate: () => evaluateIn('script'),
    evaluateModule: () => evaluateIn('module'),
    /** 0 pending, 1 fulfilled, 2 rejected; of anything but a promise, negative. */
    promiseState: () =>
      values.newNumber(call.promiseState(image.context, parameter(0) ?? call.getUndefined())),
    promiseResult: () => call.promiseResult(image.context, parameter(0) ?? call.getUndefined()) >>> 0,
    exit() {
      throw new GuestExit(readReport(text(0) ?? new Uint8Array(0)));
    },
  };
  return name === undefined ? nothing : functions[name]();

  function evaluateIn(kind: keyof typeof evaluationFlags): Value {
    const source = parameter(0);
    const fileName = text(1);
    return source === null || fileName === null
      ? nothing
      : evaluate(session, source, fileName, evaluationFlags[kind]);
  }

  function output(stream: OutputStream): Value {
    const value = parameter(0);
    if (value === null) return nothing;
    const bytes = values.stringOf(value) ?? values.bytesOf(value);
    if (bytes !== null && bytes.length > 0) write(stream, bytes);
    return nothing;
  }
}

/** The source never leaves the engine's memory. */
function evaluate(
  { engine: { call, memory }, values, image }: Session,
  source: Value,
  fileName: Uint8Array,
  flags: number,
): Value {
  if (values.stringOf(source) === null) return nothing;
  const code = call.getString(image.context, source) >>> 0;
  if (code === 0) return nothing;
  const length = memory.bytes().indexOf(0, code) - code;
  const file = values.storeString(fileName);
  const value = call.evaluate(image.context, code, length, file, 0, flags);
  call.free(file);
  call.freeString(image.context, code);
  return value >>> 0;
}
