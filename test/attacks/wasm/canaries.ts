import type { Canary } from '../../support/attack.ts';

/**
 * An innocent program per interpreter, run after each attack by the same tenant. It prints what an attack could
 * have left behind: files, names, environment, patched functions, open descriptors, limits, numbers.
 */
export const canaries = {
  python: {
    language: 'python',
    stdin: 'canary in',
    source: `
import asyncio, builtins, gc, json, os, random, signal, sys, time
def is_open(fd):
    try: os.fstat(fd); return True
    except OSError: return False
async def later():
    await asyncio.sleep(0.001)
    return "slept"
print("files", os.listdir("."), os.listdir("/tmp"), os.getcwd(), oct(os.stat("main.py").st_mode))
print("names", sorted(globals()), len(vars(builtins)), [n for n in ("pwned", "zombie") if hasattr(builtins, n)])
print("system", dict(os.environ), sys.argv, sys.path, len(sys.modules) > 100, sys.flags, len(sys.meta_path))
print("streams", sys.stdin.read(), type(sys.stdout).__name__, sys.stdout is sys.__stdout__, is_open(0), is_open(1))
print("descriptors", [fd for fd in range(256) if is_open(fd)])
print("hooks", sys.gettrace(), sys.getprofile(), sys.excepthook is sys.__excepthook__, sys.getrecursionlimit())
print("limits", sys.get_int_max_str_digits(), gc.isenabled(), sys.getswitchinterval())
print("signals", signal.getsignal(signal.SIGINT) is signal.default_int_handler)
print("numbers", [int(str(n)) for n in range(9)], sum(range(100)), 7 + 1, len("four"), json.dumps({"a": [1, None]}))
print("loop", asyncio.run(later()), time.monotonic() > 0, random.random() != random.random())
print("stderr", file=sys.stderr)
`,
  },
  javascript: {
    language: 'javascript',
    stdin: 'canary in',
    source: `
const fs = require('fs');
const show = (name) => { try { const module = require(name); return Object.keys(module).length + ' ' + typeof module[Object.keys(module)[0]]; } catch (e) { return e.code; } };
console.log('names', Object.getOwnPropertyNames(globalThis).sort().join());
console.log('files', fs.readdirSync('.').join(), fs.readdirSync('/').sort().join(), fs.readdirSync('/tmp').join(), process.cwd());
console.log('system', JSON.stringify(process.env), process.argv.join(), process.exitCode, process.title);
console.log('stdin', fs.readFileSync(0, 'utf8'), typeof context);
console.log('prototypes', [Object, Array, Function, String, Map, Promise, Error, RegExp, Date].map((C) => Reflect.ownKeys(C.prototype).length + Reflect.ownKeys(C).length).join());
console.log('patched', Object.keys(Object.prototype).join(), Object.keys(Array.prototype).join(), Object.isFrozen(Object.prototype), Object.isFrozen(console));
console.log('modules', ['fs', 'path', 'util', 'events', 'left'].map(show).join(), Object.keys(require.cache ?? {}).join());
console.log('listeners', process.eventNames().map(String).join());
console.log('errors', typeof Error.prepareStackTrace, Error.stackTraceLimit, new Error('e').stack.split('\\n').length > 1);
console.log('works', [3, 1, 2].sort().join(), JSON.stringify({ a: [1, null] }), Math.max(1, 2), 'x'.repeat(3), Math.random() !== Math.random());
console.log('clock', Date.now() > 1.7e12, performance.now() >= 0, new Date(0).toString(), RegExp.$1);
console.count();
setTimeout(() => console.log('later'), 1);
Promise.resolve().then(() => console.log('then'));
console.error('stderr');
`,
  },
} as const satisfies Record<string, Canary>;
