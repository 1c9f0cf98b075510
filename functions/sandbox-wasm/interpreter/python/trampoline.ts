/**
 * Calls a C function of any of four shapes with three arguments, which is what CPython's `METH_*` calls need:
 * WebAssembly checks signatures, and extension modules declare fewer parameters than they are called with.
 * CPython calls it through a pointer in `_PyRuntime`; without one, each such call would go through JavaScript.
 * Its own build of it is `Python/emscripten_trampoline_inner.c`.
 *
 *   (func (param $success i32) (param $target i32) (param $a i32) (param $b i32) (param $c i32) (result i32)
 *     (i32.store $success 1)
 *     ;; for each shape of 3, 2, 1 and 0 parameters
 *     (if (ref.test (ref $shape) (table.get $target)) (then (return (call_indirect $shape …))))
 *     (i32.store $success 0)
 *     (i32.const 0))
 */
export function createTrampoline(table: WebAssembly.Table, memory: WebAssembly.Memory): () => void {
  const module = new WebAssembly.Module(Uint8Array.from(moduleBytes()));
  const { call } = new WebAssembly.Instance(module, { env: { table, memory } }).exports;
  if (typeof call !== 'function') throw new Error('the trampoline has no function');
  return call as () => void;
}

const i32 = 0x7f;
/** Types 0 to 3 are the shapes with that many parameters, type 4 is the trampoline itself. */
const typeCount = 5;

function moduleBytes(): number[] {
  return [
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [typeCount, ...[0, 1, 2, 3, 5].flatMap(functionType)]),
    ...section(2, [
      2,
      ...name('env'),
      ...name('memory'),
      2,
      0,
      0,
      ...name('env'),
      ...name('table'),
      1,
      0x70,
      0,
      0,
    ]),
    ...section(3, [1, 4]),
    ...section(7, [1, ...name('call'), 0, 0]),
    ...section(10, [
      1,
      ...sized([0, ...store(1), ...[3, 2, 1, 0].flatMap(tryShape), ...store(0), 0x41, 0, 0x0b]),
    ]),
  ];
}

/** (i32.store (local.get $success) (i32.const flag)) */
function store(flag: number): number[] {
  return [0x20, 0, 0x41, flag, 0x36, 2, 0];
}

/** table.get, ref.test, if, local.get of each argument, call_indirect, return, end. */
function tryShape(parameters: number): number[] {
  const passed = [2, 3, 4].slice(0, parameters).flatMap((local) => [0x20, local]);
  const isShape = [0x20, 1, 0x25, 0, 0xfb, 0x14, parameters];
  return [...isShape, 0x04, 0x40, ...passed, 0x20, 1, 0x11, parameters, 0, 0x0f, 0x0b];
}

function functionType(parameters: number): number[] {
  return [0x60, parameters, ...Array<number>(parameters).fill(i32), 1, i32];
}

function section(id: number, bytes: number[]): number[] {
  return [id, ...sized(bytes)];
}

function name(text: string): number[] {
  return sized([...Buffer.from(text)]);
}

/** Prefixed with its length as LEB128 of two bytes at most. */
function sized(bytes: number[]): number[] {
  const { length } = bytes;
  return length < 128 ? [length, ...bytes] : [(length & 0x7f) | 0x80, length >> 7, ...bytes];
}
