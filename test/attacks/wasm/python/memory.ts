import { type Attack, python, signaled, throws } from '../../../support/attack.ts';

/** Reads the pointer that a builtin function is called through, and writes another one over it. */
const functionPointer = `
import ctypes, os
def word(address): return ctypes.c_uint32.from_address(address)
method = word(id(os.getcwd) + 8).value
pointer = word(method + 4)
`;

/** Everything in memory: it starts with C's data and ends where the heap ends. */
const allMemory = `
import ctypes
def everything(): return (ctypes.c_char * (28 * 1024 * 1024)).from_address(1024)
`;

/** A pattern that finds the text, but not itself. */
function hidden(text: string): string {
  return `rb"[${text.slice(0, 1)}]${text.slice(1).replaceAll('.', '[.]')}"`;
}

/** Ways to read, write and run what Python's own rules forbid. All of it stays in the interpreter's memory. */
export const memoryAttacks: Attack[] = [
  python(
    'ctypes finds no C library',
    'import ctypes\nctypes.CDLL(None).system(b"id")',
    throws('AttributeError', "function 'system' not found"),
  ),
  python(
    'ctypes.pythonapi has no functions',
    'import ctypes\nctypes.pythonapi.PyRun_SimpleString(b"print(1)")',
    throws('AttributeError', "function 'PyRun_SimpleString' not found"),
  ),
  python(
    'ctypes opens no library of the host',
    'import ctypes\nctypes.CDLL("/lib/x86_64-linux-gnu/libc.so.6")',
    throws('OSError'),
  ),
  python(
    'a C function at any address is not called',
    'import ctypes\nctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_char_p)(7)(b"id")',
    throws('SystemError', "calling C functions isn't available in the wasm backend"),
  ),
  python(
    'a callback into Python is not called',
    'import ctypes\nctypes.CFUNCTYPE(ctypes.c_int)(lambda: 1)()',
    throws('SystemError', "calling C functions isn't available in the wasm backend"),
  ),
  python(
    'reading past the memory is a crash of the interpreter only',
    'import ctypes\n(ctypes.c_char * 16).from_address(0xfffffff0).raw',
    signaled('SIGSEGV'),
  ),
  python(
    'breaking the type of all types breaks the interpreter only',
    'import ctypes\nctypes.c_uint32.from_address(id(type) + 4).value = 0\nprint(type(1))',
    { ending: { kind: 'exited', exitCode: 1 }, stdout: '' },
  ),
  python(
    'memory holds no path of the host',
    `${allMemory}
import re
print([re.search(text, everything()) for text in (${hidden(process.cwd())}, ${hidden(process.execPath)})])`,
    { stdout: '[None, None]\n' },
  ),
  python(
    'a builtin redirected to a function that is none is a crash of the interpreter only',
    `${functionPointer}
pointer.value = 0x7fffffff
os.getcwd()`,
    signaled('SIGSEGV'),
  ),
  python(
    'a builtin redirected to any of the bridge is a crash of the interpreter only',
    `${functionPointer}${allMemory}
data = bytes(everything())
name = data.find(b"\\0object_entries\\0") + 1025
entry = data.find(name.to_bytes(4, "little") + b"", 3 * 1024 * 1024) + 1024
pointer.value = word(entry + 4).value
print(os.getcwd())`,
    signaled('SIGSEGV'),
  ),
  python(
    'a builtin redirected to a function that makes a JavaScript array ends at the denied import',
    `${functionPointer}
pointer.value = 52
print(os.getcwd())`,
    { ending: { kind: 'blocked', attempt: 'JsvArray_New' }, stdout: '' },
  ),
  python(
    'a builtin redirected to one function after the other ends at a denied import',
    `${functionPointer}
for index in range(1, 12):
    pointer.value = index
    try: os.getcwd()
    except BaseException: pass
print("got through")`,
    { ending: { kind: 'blocked', attempt: 'emscripten_asm_const_int' }, stdout: '' },
  ),
  python(
    'bytecode that returns a local that was never set breaks nothing',
    `import dis
def f():
    if False: x = 1
code = b"".join(bytes([dis.opmap[name], 0]) for name in ("RESUME", "LOAD_FAST", "RETURN_VALUE"))
f.__code__ = f.__code__.replace(co_code=code)
f()`,
    {},
  ),
  python(
    'a code object full of noise is a crash of the interpreter only',
    `import types
def f(): pass
c = f.__code__
exec(c.replace(co_code=bytes(range(2, 250, 2)) * 4, co_stacksize=1, co_consts=()))`,
    signaled('SIGSEGV'),
  ),
  python(
    'marshal refuses what is no object',
    'import marshal\nmarshal.loads(b"\\xe3" + b"\\xff" * 40)',
    throws('ValueError', 'bad marshal data'),
  ),
  python(
    'a number changed in place is back for the next program',
    `import ctypes, sys
ctypes.c_uint32.from_address(id(7) + 12).value = 8
print(int("7") + 0)`,
    {},
  ),
  python(
    'faulthandler crashes the interpreter only',
    'import faulthandler\nfaulthandler._sigsegv()',
    signaled('SIGABRT'),
  ),
  python('os.abort crashes the interpreter only', 'import os\nos.abort()', signaled('SIGABRT')),
];
