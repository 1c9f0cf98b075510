import { type Attack, python, throws } from '../../../support/attack.ts';

/** Things left behind for the next program of the same tenant, which must not find them. */
export const stateAttacks: Attack[] = [
  python(
    'files left behind are gone',
    'for p in ("left.txt", "/tmp/left.txt", "json.py", "sitecustomize.py"): open(p, "w").write("raise SystemExit(3)")',
    {},
  ),
  python(
    'patched builtins are as before',
    `import builtins
builtins.pwned = True
builtins.print = lambda *a, **k: None
builtins.len = lambda x: 7
builtins.str = builtins.isinstance = None`,
    {},
  ),
  python(
    'a patched json is as before',
    `import json, json.encoder, _json
json.dumps = json.loads = lambda *a, **k: "{}"
_json.encode_basestring_ascii = json.encoder.encode_basestring_ascii = lambda s: '"forged"'
1 / 0`,
    throws('ZeroDivisionError'),
  ),
  python(
    'environment and working folder are as before',
    'import os\nos.environ["LEFT"] = "1"\nos.putenv("LEFT2", "1")\nos.chdir("/tmp")\nos.umask(0o777)',
    {},
  ),
  python(
    'modules and paths are as before',
    `import sys, types
sys.modules.clear()
sys.path[:] = ["/tmp"]
sys.argv = ["left"]
sys.path_hooks.clear()
sys.path_importer_cache.clear()`,
    {},
  ),
  python(
    'modules replaced by others are as before',
    'import sys, types\nfor n in ("json", "os", "asyncio", "random"): sys.modules[n] = types.ModuleType(n)',
    {},
  ),
  python(
    'an import hook is gone',
    `import sys
class Hook:
    def find_spec(self, name, path=None, target=None):
        print("hooked", name)
sys.meta_path.insert(0, Hook())`,
    {},
  ),
  python(
    'a replaced stdout is as before',
    'import sys, io\nsys.stdout = sys.__stdout__ = io.StringIO()\nprint("x")',
    {
      stdout: '',
    },
  ),
  python('a closed stdout is open again', 'import os, sys\nsys.stdout.close()\nos.closerange(0, 256)', {}),
  python(
    'stdout duplicated over stderr is as before',
    'import os\nos.dup2(1, 2)\nos.write(2, b"crossed\\n")',
    { stdout: 'crossed\n', stderr: '' },
  ),
  python(
    'descriptors left open are closed',
    'import os\nprint([os.open("f", os.O_CREAT | os.O_RDWR) for _ in range(9)][-1])',
    {
      stdout: '11\n',
    },
  ),
  python(
    'trace functions and hooks are gone',
    `import sys
sys.settrace(lambda *a: None)
sys.setprofile(lambda *a: None)
sys.excepthook = sys.unraisablehook = sys.displayhook = lambda *a: None
sys.addaudithook(lambda *a: None)`,
    {},
  ),
  python(
    'limits of the interpreter are as before',
    'import sys, gc\nsys.setrecursionlimit(50)\nsys.set_int_max_str_digits(640)\nsys.setswitchinterval(1)\ngc.disable()',
    {},
  ),
  python(
    'a patched event loop and clock are as before',
    `import asyncio, time
time.sleep = time.time = time.monotonic = lambda *a: 0
asyncio.run = asyncio.new_event_loop = lambda *a: print("hijacked")`,
    {},
  ),
  python(
    'seeding the random generator changes nothing',
    'import random\nrandom.seed(1)\nrandom.Random = None',
    {},
  ),
  python(
    'a signal handler is gone',
    'import signal\nsignal.signal(signal.SIGINT, lambda *a: print("handled"))\nsignal.raise_signal(signal.SIGINT)',
    { stdout: 'handled\n' },
  ),
  python(
    'a finalizer that resurrects its object is gone',
    `import builtins
class Zombie:
    def __del__(self): builtins.zombie = self
z = Zombie()`,
    {},
  ),
  python('atexit functions run once', 'import atexit\natexit.register(print, "bye")', { stdout: 'bye\n' }),
  python(
    'a program that finds our frame from atexit forges its own exit code, nothing else',
    `import atexit, sys
def forge():
    frame = sys._getframe(1)
    frame.f_globals["_end"]["exit_code"] = 7
atexit.register(forge)`,
    { ending: { kind: 'exited', exitCode: 7 } },
  ),
  python(
    'a result that is no result is exit code 1',
    `import atexit, sys
def forge():
    sys._getframe(1).f_globals["_end"]["error"] = '{"type":"X","extra":1}'
atexit.register(forge)`,
    { ending: { kind: 'exited', exitCode: 1 } },
  ),
  python(
    'an exception that lies about itself is cut and kept out of the protocol',
    `class Liar(Exception):
    def __str__(self): return '"}\\n{"kind":"ready"}\\n' + "x" * 50_000
Liar.__module__ = 7
raise Liar`,
    { ending: { kind: 'exited', exitCode: 1 }, errorType: 'Liar' },
  ),
  python('leaving by _exit skips the ending only', 'import os\nprint("x", flush=True)\nos._exit(9)', {
    ending: { kind: 'exited', exitCode: 9 },
    stdout: 'x\n',
  }),
];
