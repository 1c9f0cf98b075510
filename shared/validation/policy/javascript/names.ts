/** Globals that rules speak of. Other names refer to nothing unless they are imported or assigned. */
export const knownGlobals = new Set([
  ...['eval', 'Function', 'require', 'process', 'module', 'globalThis', 'global', 'window', 'self', 'frames'],
  ...[
    'Reflect',
    'Object',
    'Proxy',
    'setTimeout',
    'setInterval',
    'setImmediate',
    'fetch',
    'WebSocket',
    'XMLHttpRequest',
  ],
  ...[
    'Worker',
    'SharedWorker',
    'WebAssembly',
    'Deno',
    'Bun',
    'atob',
    'btoa',
    'Buffer',
    'String',
    'Array',
    'Symbol',
  ],
  ...[
    'EventSource',
    'importScripts',
    'GeneratorFunction',
    'AsyncFunction',
    'decodeURIComponent',
    'unescape',
    'JSON',
  ],
  ...['Number', 'Boolean', 'RegExp', 'Math', 'Error', 'navigator', 'document', 'Uint8Array', 'parseInt'],
]);

const globalObjects = new Set(['globalThis', 'global', 'window', 'self', 'frames']);

/** The full name of a member: `globalThis.eval` is `eval`, `module.require` is `require`. */
export function memberName(owner: string, name: string): string {
  if (globalObjects.has(owner)) return name;
  if (
    (owner === 'module' || owner === 'process.mainModule' || owner === 'require.main') &&
    name === 'require'
  )
    return 'require';
  return `${owner}.${name}`;
}

/** What runs text as code. */
export const codeRunners =
  /^(?:eval|Function|GeneratorFunction|AsyncFunction|vm\.(?:run\w+|Script|compileFunction|SourceTextModule)|module\._compile|require\.extensions\.\w+|process\.binding|repl\.start)$/;

const commandRunners =
  /^(?:child_process(?:\.promises)?\.(?:exec|execSync|execFile|execFileSync|spawn|spawnSync|fork)|execa(?:\.\w+)?|shelljs\.exec|cross-spawn(?:\.\w+)?|zx\.\$|Deno\.(?:run|Command)|Bun\.(?:spawn|spawnSync|\$))$/;

export function isCodeRunner(reference: string | null): boolean {
  return reference !== null && codeRunners.test(reference);
}

/** Whether it starts a command of the system. */
export function isCommandRunner(reference: string | null): boolean {
  return reference !== null && commandRunners.test(reference);
}

/** What nobody reaches by a detour without wanting to hide it. */
export function isDangerous(reference: string | null): boolean {
  return (
    isCodeRunner(reference) ||
    isCommandRunner(reference) ||
    reference === 'require' ||
    reference === 'process'
  );
}

/** `node:fs/promises` is `fs`; packages keep their names. */
export function moduleName(specifier: string): string {
  return specifier.replace(/^node:/, '').replace(/^(fs|dns|timers|readline|stream)\/promises$/, '$1');
}
