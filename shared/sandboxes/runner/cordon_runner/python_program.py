"""A Python program as `__main__`, and the end of the process as CPython would end it.

Like the lane that runs Python in WebAssembly, where a user can tell: names, tracebacks, exit codes, flushing.
"""

import os
import signal
import sys
import time

from .interpreter import say, say_started
from .layout import HOME

_MAIN_FILE = "main.py"
_OUR_FILE = (lambda: None).__code__.co_filename
# What plain Python has loaded when a program starts: a program can't have its own module of such a name.
_NEVER_SHADOWED = {*sys.builtin_module_names, "os", "site", "codecs", "io", "abc", "stat", "posixpath", "genericpath"}
_NEVER_SHADOWED |= {"_collections_abc", "_sitebuiltins", "encodings", "zipimport"}


def run_python(job):
    """Runs the program of a job; never returns."""
    token, source = job["token"], job["source"].removeprefix("\ufeff")
    main = _make_world(job, source)
    kept = _Kept()
    say_started(token)
    try:
        exec(compile(source, _MAIN_FILE, "exec", dont_inherit=True), main.__dict__)
        exception = None
    except BaseException as caught:
        exception = caught
    kept.restore()
    exit_code = 0 if exception is None else _report(exception, token, kept)
    is_interrupt = isinstance(exception, KeyboardInterrupt)
    exception = None
    _end(main, exit_code, is_interrupt, kept)


class _Kept:
    """What the end needs, whatever the program makes of it."""

    def __init__(self):
        self.excepthook = sys.excepthook
        self.stdout, self.stderr = sys.stdout, sys.stderr
        self._tracers = sys.settrace, sys.setprofile
        self._set_recursion_limit, self._recursion_limit = sys.setrecursionlimit, sys.getrecursionlimit()

    def restore(self):
        for set_tracer in self._tracers:
            set_tracer(None)
        self._set_recursion_limit(self._recursion_limit)


def _make_world(job, source):
    import linecache

    main = type(sys)("__main__")
    main.__dict__.update(__builtins__=__builtins__, __file__=f"{HOME}/{_MAIN_FILE}", __cached__=None)
    if "context" in job:
        main.context = job["context"]
    our_folder = os.path.dirname(os.path.abspath(sys.modules["__main__"].__file__))
    _draw_anew()
    _forget_modules(our_folder, job["files"])
    sys.modules["__main__"] = main
    sys.argv = [_MAIN_FILE, *job["args"]]
    sys.orig_argv = ["python3", *sys.argv]
    sys.path[:] = [HOME, *(entry for entry in sys.path if entry != our_folder)]
    sys.stdin.reconfigure(encoding="utf-8", errors="surrogateescape")
    # Line by line, so that a program killed later keeps what it printed.
    sys.stdout.reconfigure(encoding="utf-8", errors="surrogateescape", line_buffering=True)
    sys.stderr.reconfigure(encoding="utf-8", errors="backslashreplace")
    linecache.cache[_MAIN_FILE] = (lambda: source,)
    time.tzset()
    return main


def _draw_anew():
    """This process may be one of many copies, which would all draw the same numbers."""
    if "random" in sys.modules:
        sys.modules["random"].seed()


def _forget_modules(our_folder, files):
    """Ours, and those that were loaded ahead and have the name of a file of the program, which comes first."""
    own = {path.split("/")[0].removesuffix(".py") for path in files} - _NEVER_SHADOWED
    for name, module in list(sys.modules.items()):
        is_ours = name.startswith("cordon_runner") or _folder_of(module).startswith(our_folder)
        if is_ours or name.partition(".")[0] in own:
            del sys.modules[name]


def _folder_of(module):
    return os.path.dirname(getattr(module, "__file__", None) or "")


def _report(exception, token, kept):
    """Shows the exception. Returns the exit code."""
    if isinstance(exception, SystemExit):
        return _exit_code_of(exception)
    _attempt(lambda: say(token, {"error": _describe(exception)}))
    _attempt(lambda: _hide_our_frames(exception))
    hook = getattr(sys, "excepthook", kept.excepthook)
    try:
        hook(type(exception), exception, exception.__traceback__)
    except SystemExit:
        pass
    except BaseException:
        _attempt(lambda: kept.excepthook(type(exception), exception, exception.__traceback__))
    return 1


def _exit_code_of(exception):
    if exception.code is None:
        return 0
    if isinstance(exception.code, int):
        return int(exception.code)
    _attempt(lambda: print(exception.code, file=sys.stderr))
    return 1


def _describe(exception):
    return {"type": _type_name(type(exception)), "message": _message_of(exception), "line": _line_of(exception)}


def _type_name(kind):
    """The name that a traceback prints."""
    module = kind.__module__
    is_plain = not isinstance(module, str) or module in ("__main__", "builtins")
    return (kind.__qualname__ if is_plain else f"{module}.{kind.__qualname__}")[:200]


def _message_of(exception):
    try:
        return str(exception)[:10_000]
    except BaseException:
        return "<exception str() failed>"


def _line_of(exception):
    """The innermost line of the program's own source; for a SyntaxError in it, the line it is about."""
    if isinstance(exception, SyntaxError) and exception.filename == _MAIN_FILE:
        return exception.lineno or None
    line, entry = None, exception.__traceback__
    while entry is not None:
        if entry.tb_frame.f_code.co_filename == _MAIN_FILE:
            line = entry.tb_lineno
        entry = entry.tb_next
    return line or None


def _hide_our_frames(exception):
    """Takes frames of this file out of the traceback, and out of those of the exceptions behind it."""
    seen, todo = set(), [exception]
    while todo and len(seen) < 1000:
        current = todo.pop()
        if current is None or id(current) in seen:
            continue
        seen.add(id(current))
        while (entry := current.__traceback__) is not None and entry.tb_frame.f_code.co_filename == _OUR_FILE:
            current.__traceback__ = entry.tb_next
        todo += [current.__cause__, current.__context__, *getattr(current, "exceptions", ())]


def _end(main, exit_code, is_interrupt, kept):
    import atexit

    if "threading" in sys.modules:
        _attempt(sys.modules["threading"]._shutdown)
    _attempt(atexit._run_exitfuncs)
    _attempt(lambda: _clear(main.__dict__))
    if not _flush(kept) and exit_code == 0:
        exit_code = 120
    if is_interrupt:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGINT)
    # What was loaded is not taken apart: that costs time, and finalizers of the program have run.
    os._exit(exit_code & 0xFF)


def _clear(names):
    """As a shutdown does: one by one, private ones first, so that finalizers still find names."""
    import gc

    own = [name for name in names if isinstance(name, str) and name != "__builtins__"]
    for name in sorted(own, key=lambda name: name[:1] != "_" or name[1:2] == "_"):
        names[name] = None
    gc.collect()


def _flush(kept):
    """Whether everything that was printed has left. Replaced streams are flushed first, like CPython does."""
    flushed = True
    current = getattr(sys, "stdout", None)
    for stream in (current, getattr(sys, "stderr", None), kept.stdout, kept.stderr):
        try:
            if stream is not None and not stream.closed:
                stream.flush()
        except BaseException:
            flushed = flushed and stream not in (kept.stdout, current)
    return flushed


def _attempt(action):
    try:
        action()
    except BaseException:
        pass
