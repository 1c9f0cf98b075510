/** Builtins that rules speak of. Other names refer to nothing unless they are imported or assigned. */
export const knownBuiltins = new Set([
  ...[
    'eval',
    'exec',
    'compile',
    '__import__',
    'open',
    'input',
    'breakpoint',
    'globals',
    'locals',
    'vars',
    'dir',
  ],
  ...['getattr', 'setattr', 'delattr', 'hasattr', '__builtins__', '__loader__', '__spec__', 'type', 'object'],
  ...['chr', 'str', 'bytes', 'bytearray', 'map', 'reversed', 'list', 'tuple', 'memoryview', 'print', 'help'],
  ...['range', 'license', 'credits', 'copyright', 'id'],
]);

/** What runs text as code. */
export const codeRunners = new Set(['eval', 'exec', 'compile', '__import__']);

const commandRunners =
  /^(?:os\.(?:system|popen|popen[234]|exec[lv]p?e?|spawn[lv]p?e?|posix_spawnp?|startfile)|posix\.(?:system|popen|exec\w+)|nt\.system|subprocess\.(?:Popen|run|call|check_call|check_output|getoutput|getstatusoutput)|_posixsubprocess\.fork_exec|commands\.get(?:status)?output|pty\.spawn|asyncio\.(?:subprocess\.)?create_subprocess_(?:shell|exec)|platform\.popen|pexpect\.(?:run|spawn)|sh\.\w+|plumbum\.\w+)$/;

/** Whether it starts a command of the system. */
export function isCommandRunner(reference: string | null): boolean {
  return reference !== null && commandRunners.test(reference);
}

/** What nobody reaches by a detour without wanting to hide it. */
export function isDangerous(reference: string | null): boolean {
  if (reference === null) return false;
  return (
    codeRunners.has(reference) ||
    isCommandRunner(reference) ||
    reference === 'open' ||
    reference === 'ctypes.CDLL'
  );
}

/** Attributes that lead from a value into the interpreter. */
export const innerAttributes = new Set([
  ...[
    '__builtins__',
    '__globals__',
    '__subclasses__',
    '__code__',
    '__closure__',
    '__mro__',
    '__bases__',
    '__base__',
  ],
  ...['__class__', '__dict__', '__getattribute__', '__reduce__', '__reduce_ex__', '__import__', '__loader__'],
  ...[
    '__spec__',
    '__func__',
    '__self__',
    '__wrapped__',
    '__traceback__',
    '__context__',
    '__cause__',
    '__defaults__',
  ],
  ...['__kwdefaults__', '__weakref__', '__objclass__', '__delattr__'],
  ...[
    'gi_frame',
    'gi_code',
    'gi_yieldfrom',
    'cr_frame',
    'cr_code',
    'cr_await',
    'ag_frame',
    'ag_code',
    'tb_frame',
    'tb_next',
  ],
  ...[
    'f_back',
    'f_globals',
    'f_locals',
    'f_builtins',
    'f_code',
    'co_code',
    'co_consts',
    'co_names',
    'func_globals',
  ],
  ...['func_code', '_Printer__filenames', '_Printer__data', 'im_func', 'im_class', 'im_self', 'mro'],
]);

/** Python reads identifiers in normal form KC (PEP 3131), so that other letters make the same name. */
export function canonical(identifier: string): string {
  return /^[\x20-\x7e]*$/.test(identifier) ? identifier : identifier.normalize('NFKC');
}
