/** An address in the interpreter's memory. Zero is NULL. */
export type Address = number;

/** The part of CPython's C API that the sandbox calls. */
export interface CPython {
  malloc(size: number): Address;
  free(address: Address): void;
  /** The end of the heap; with zero it only asks. */
  sbrk(increment: number): Address;
  emscripten_stack_get_base(): Address;
  emscripten_stack_get_end(): Address;
  PyBytes_FromStringAndSize(bytes: Address, length: number): Address;
  PyBytes_AsString(object: Address): Address;
  PyBytes_Size(object: Address): number;
  PyObject_CallOneArg(callable: Address, argument: Address): Address;
  PyEval_EvalCode(code: Address, globals: Address, locals: Address): Address;
  /** The exception being raised, or NULL; clears it. */
  PyErr_GetRaisedException(): Address;
  PyErr_SetString(type: Address, message: Address): void;
  PyGILState_Ensure(): number;
  PyGILState_Release(state: number): void;
  Py_DecRef(object: Address): void;
  PyGC_Collect(): number;
  PyList_Size(list: Address): number;
  /** A borrowed reference. */
  PyList_GetItem(list: Address, index: number): Address;
  PyDict_SetItem(dict: Address, key: Address, value: Address): number;
  PyObject_CallNoArgs(callable: Address): Address;
  PyRun_SimpleString(source: Address): number;
  PyImport_AddModule(name: Address): Address;
  PyModule_GetDict(module: Address): Address;
  PyObject_GetAttrString(object: Address, name: Address): Address;
  PyThreadState_Get(): Address;
  PyUnstable_ThreadState_SetStackProtection(state: Address, lowest: Address, size: number): number;
  PyInitConfig_Create(): Address;
  PyInitConfig_SetInt(config: Address, name: Address, value: bigint): number;
  PyInitConfig_SetStr(config: Address, name: Address, value: Address): number;
  PyInitConfig_SetStrList(config: Address, name: Address, length: number, items: Address): number;
  Py_InitializeFromInitConfig(config: Address): number;
  __wasm_call_ctors(): void;
}

export interface CPythonExports {
  call: CPython;
  memory: WebAssembly.Memory;
  table: WebAssembly.Table;
  stackPointer: WebAssembly.Global;
  /** Addresses of C variables. */
  address: Record<
    '_Py_NoneStruct' | '_PyRuntime' | '_PyEM_EMSCRIPTEN_TRAMPOLINE_OFFSET' | 'PyExc_OSError',
    Address
  >;
}

/** Gives the instance's exports their types; throws when one is missing, as after an upgrade. */
export function readExports(instance: WebAssembly.Instance): CPythonExports {
  const { exports } = instance;
  const { memory, __indirect_function_table: table, __stack_pointer: stackPointer } = exports;
  if (!(memory instanceof WebAssembly.Memory)) throw new Error('no memory is exported');
  if (!(table instanceof WebAssembly.Table)) throw new Error('no function table is exported');
  if (!(stackPointer instanceof WebAssembly.Global)) throw new Error('no stack pointer is exported');
  for (const name of functionNames) {
    if (typeof exports[name] !== 'function') throw new Error(`function ${name} isn't exported`);
  }
  return {
    call: exports as unknown as CPython,
    memory,
    table,
    stackPointer,
    address: {
      _Py_NoneStruct: addressOf(exports._Py_NoneStruct),
      _PyRuntime: addressOf(exports._PyRuntime),
      _PyEM_EMSCRIPTEN_TRAMPOLINE_OFFSET: addressOf(exports._PyEM_EMSCRIPTEN_TRAMPOLINE_OFFSET),
      PyExc_OSError: addressOf(exports.PyExc_OSError),
    },
  };
}

function addressOf(value: WebAssembly.ExportValue | undefined): Address {
  if (!(value instanceof WebAssembly.Global)) throw new Error('an address is missing from the exports');
  return Number(value.value);
}

const functionNames = [
  'malloc',
  'free',
  'sbrk',
  'emscripten_stack_get_base',
  'emscripten_stack_get_end',
  'PyBytes_FromStringAndSize',
  'PyBytes_AsString',
  'PyBytes_Size',
  'PyObject_CallOneArg',
  'PyEval_EvalCode',
  'PyErr_GetRaisedException',
  'PyErr_SetString',
  'PyGILState_Ensure',
  'PyGILState_Release',
  'Py_DecRef',
  'PyGC_Collect',
  'PyList_Size',
  'PyList_GetItem',
  'PyDict_SetItem',
  'PyObject_CallNoArgs',
  'PyRun_SimpleString',
  'PyImport_AddModule',
  'PyModule_GetDict',
  'PyObject_GetAttrString',
  'PyThreadState_Get',
  'PyUnstable_ThreadState_SetStackProtection',
  'PyInitConfig_Create',
  'PyInitConfig_SetInt',
  'PyInitConfig_SetStr',
  'PyInitConfig_SetStrList',
  'Py_InitializeFromInitConfig',
  '__wasm_call_ctors',
] as const satisfies readonly (keyof CPython)[];
