import type { Engine } from './engine.ts';

/** The address of a value of the guest. Nothing of a value is ever read but strings, numbers and bytes. */
export type Value = number;

/** The heap is full, so that not even a value's address could be stored. */
export class OutOfMemory extends Error {
  override readonly name = 'OutOfMemory';
}

/** What a call into the guest gave: a value to free, or what it threw. */
export type Completion = { isThrown: false; value: Value } | { isThrown: true; value: Value };

/** A string, or its UTF-8. */
export type Text = string | Uint8Array;

/** Moves strings, numbers and bytes between host and guest. */
export interface Values {
  /** UTF-8 stays bytes on its way: as text of ours, a long string of the guest would fill our own heap. */
  storeString(text: Text): number;
  newString(text: Text): Value;
  newBytes(bytes: Uint8Array): Value;
  newNumber(value: number): Value;
  newFunction(name: string, id: number): Value;
  /** The UTF-8 bytes up to the first NUL, when the value is a string. Runs no code of the guest. */
  stringOf(value: Value): Uint8Array<ArrayBuffer> | null;
  /** A copy, when the value is an ArrayBuffer. Runs no code of the guest. */
  bytesOf(value: Value): Uint8Array<ArrayBuffer> | null;
  /** The value itself, when it is a number; NaN else. Runs no code of the guest. */
  numberOf(value: Value): number;
  property(object: Value, name: string): Value;
  evaluate(source: string, fileName: string): Completion;
  call(callee: Value, parameters: readonly Value[]): Completion;
  /** Runs promise jobs until there are none. Null, or what the engine itself threw. */
  runJobs(runtime: number): Value | null;
  free(value: Value): void;
}

const wordBytes = 4;
/** Bytes of a value, which is a NaN-boxed 64-bit word. */
export const valueBytes = 8;
/** `JS_EVAL_FLAG_BACKTRACE_BARRIER` of quickjs.h: stacks end at the evaluated code. */
export const backtraceBarrier = 1 << 6;
/** `JS_EVAL_TYPE_MODULE` of quickjs.h. */
export const moduleFlag = 1;

export function createValues({ call, memory }: Engine, context: number): Values {
  function store(bytes: Uint8Array): number {
    const address = need(call.malloc(Math.max(1, bytes.length)));
    memory.bytes().set(bytes, address);
    return address;
  }

  function need(address: number): number {
    if (address === 0) throw new OutOfMemory();
    return address >>> 0;
  }

  function withString<T>(text: Text, use: (address: number) => T): T {
    const address = values.storeString(text);
    try {
      return use(address);
    } finally {
      call.free(address);
    }
  }

  function typeOf(value: Value): string {
    const address = need(call.typeOf(context, value));
    const name = Buffer.from(memory.getString(address)).toString('latin1');
    call.free(address);
    return name;
  }

  function complete(value: Value): Completion {
    const thrown = call.resolveException(context, need(value));
    if (thrown === 0) return { isThrown: false, value };
    values.free(value);
    return { isThrown: true, value: thrown };
  }

  const values: Values = {
    storeString(text) {
      const bytes = typeof text === 'string' ? Buffer.from(text) : text;
      const address = need(call.malloc(bytes.length + 1));
      memory.bytes().set(bytes, address);
      memory.bytes()[address + bytes.length] = 0;
      return address;
    },
    newString: (text) => withString(text, (address) => need(call.newString(context, address))),
    newBytes: (bytes) => need(call.newArrayBuffer(context, store(bytes), bytes.length)),
    newNumber: (value) => need(call.newFloat64(context, value)),
    newFunction: (name, id) =>
      withString(name, (address) => need(call.newFunction(context, address, 0, 0, id))),
    stringOf(value) {
      if (typeOf(value) !== 'string') return null;
      const address = need(call.getString(context, value));
      const bytes = memory.getString(address);
      call.freeString(context, address);
      return bytes;
    },
    bytesOf(value) {
      if (typeOf(value) !== 'object') return null;
      const address = call.getArrayBuffer(context, value);
      if (address === 0) return null;
      const length = call.getArrayBufferLength(context, value);
      const bytes = memory.bytes().slice(address, address + length);
      call.free(address);
      return bytes;
    },
    numberOf: (value) => (typeOf(value) === 'number' ? call.getFloat64(context, value) : Number.NaN),
    property(object, name) {
      const key = values.newString(name);
      const value = need(call.getProperty(context, object, key));
      values.free(key);
      return value;
    },
    evaluate: (source, fileName) =>
      withString(source, (code) =>
        withString(fileName, (file) =>
          complete(call.evaluate(context, code, Buffer.byteLength(source), file, 0, backtraceBarrier)),
        ),
      ),
    call(callee, parameters) {
      const list = need(call.malloc(Math.max(1, parameters.length) * wordBytes));
      for (const [index, parameter] of parameters.entries())
        memory.setU32(list + index * wordBytes, parameter);
      const result = call.call(context, callee, call.getUndefined(), parameters.length, list);
      call.free(list);
      return complete(result);
    },
    runJobs(runtime) {
      const lastContext = need(call.malloc(wordBytes));
      const result = need(call.runJobs(runtime, -1, lastContext));
      call.free(lastContext);
      if (typeOf(result) !== 'number') return result;
      values.free(result);
      return null;
    },
    free: (value) => {
      call.freeValue(context, value);
    },
  };
  return values;
}
