"""The functions that the host calls around a program, and nothing else of ours.

    host: prepare(job) -> code, evaluated in __main__ -> report(exception) -> names, cleared -> finish() -> JSON

The host evaluates the program itself, so no frame of ours is below the program's. The functions live in a namespace that
no module reaches, with builtins of their own: a program that patches Python changes how Python looks to itself.
A determined one can still find these (gc, frames while atexit runs) and forge what `finish` returns. That is its
own exit code and error, which it may choose anyway.
"""

import _json
import atexit
import builtins
import gc
import json
import linecache
import os
import random
import sys

MAIN_FILE = "main.py"
OUR_FILE = "<sandbox>"
HOME = "/home/user"
MESSAGE_LIMIT = 10_000

_main = sys.modules["__main__"].__dict__
_excepthook = sys.__excepthook__
_quote = _json.encode_basestring_ascii
_run_exit_functions = atexit._run_exitfuncs
_settrace, _setprofile, _setrecursionlimit = sys.settrace, sys.setprofile, sys.setrecursionlimit
_recursion_limit = sys.getrecursionlimit()
_stdout, _stderr = sys.stdout, sys.stderr
_end = {"exit_code": 0, "error": "null"}

# Output leaves line by line, so that a program killed later keeps what it printed.
sys.stdout.reconfigure(line_buffering=True)
# What exists now lives as long as the image: the collector needn't look at it in every run.
gc.collect()
gc.freeze()


def prepare(job_bytes):
    """Makes the program's world: argv, environment, context. Returns its code; raises what compiling raises."""
    job = json.loads(job_bytes)
    random.seed()
    sys.argv = [MAIN_FILE, *job["args"]]
    for name, value in job["env"].items():
        os.environ[name] = value
    _main.update(__file__=f"{HOME}/{MAIN_FILE}", __name__="__main__", __spec__=None, __package__=None)
    if "context" in job:
        _main["context"] = job["context"]
    source = job["source"].removeprefix("\ufeff")
    linecache.cache[MAIN_FILE] = (lambda: source,)
    return compile(source, MAIN_FILE, "exec", dont_inherit=True)


def report(exception):
    """Shows the exception, runs atexit. Returns the names that the host clears, in a shutdown's order.

    The host clears them, so that no frame of ours is below a finalizer either.
    """
    _settrace(None)
    _setprofile(None)
    _setrecursionlimit(_recursion_limit)
    if isinstance(exception, SystemExit):
        _end["exit_code"] = _exit_code_of(exception)
    elif exception is not None:
        _end.update(exit_code=1, error=_describe(exception))
        _print_exception(exception)
    _ignore(_run_exit_functions)
    names = [name for name in _main if isinstance(name, str) and name != "__builtins__"]
    return sorted(names, key=_is_public)


def _is_public(name):
    return name[:1] != "_" or name[1:2] == "_"


def finish():
    """What became of the program, as JSON: its exit code, and its error if it had one."""
    exit_code = _end["exit_code"]
    if not _flush() and exit_code == 0:
        exit_code = 120
    return ('{"exitCode":%d,"error":%s}' % (exit_code & 0xFF, _end["error"])).encode("ascii")


def _exit_code_of(exception):
    code = exception.code
    if code is None:
        return 0
    if isinstance(code, int):
        return int(code)
    _ignore(lambda: print(code, file=sys.stderr))
    return 1


def _describe(exception):
    memory = isinstance(exception, MemoryError)
    interrupt = isinstance(exception, KeyboardInterrupt)
    return '{"type":%s,"message":%s,"line":%s,"isMemoryError":%s,"isInterrupt":%s}' % (
        _quote(_type_name(type(exception))),
        _quote(_message_of(exception)),
        _line_of(exception) or "null",
        "true" if memory else "false",
        "true" if interrupt else "false",
    )


def _type_name(kind):
    """The name that a traceback prints."""
    try:
        module, name = kind.__module__, kind.__qualname__
        if isinstance(module, str) and module not in ("__main__", "builtins"):
            name = f"{module}.{name}"
        return str(name)[:MESSAGE_LIMIT]
    except BaseException:
        return "<unknown>"


def _message_of(exception):
    try:
        return str(exception)[:MESSAGE_LIMIT]
    except BaseException:
        return "<exception str() failed>"


def _line_of(exception):
    """The innermost line of the program's own source; for a SyntaxError in it, the line it is about."""
    if isinstance(exception, SyntaxError) and exception.filename == MAIN_FILE:
        return _positive(exception.lineno)
    line = None
    entry = exception.__traceback__
    while entry is not None:
        if entry.tb_frame.f_code.co_filename == MAIN_FILE:
            line = entry.tb_lineno
        entry = entry.tb_next
    return _positive(line)


def _positive(line):
    return line if type(line) is int and 0 < line < 10**9 else None


def _print_exception(exception):
    _ignore(lambda: _hide_our_frames(exception))
    entry = exception.__traceback__
    try:
        hook = sys.excepthook
        hook(type(exception), exception, entry)
    except SystemExit:
        pass
    except BaseException:
        _ignore(lambda: _excepthook(type(exception), exception, entry))


def _hide_our_frames(exception):
    """Takes frames of the prelude out of the traceback, and out of those of the exceptions behind it."""
    seen, todo = set(), [exception]
    while todo and len(seen) < 1000:
        current = todo.pop()
        if current is None or id(current) in seen:
            continue
        seen.add(id(current))
        current.__traceback__ = _without_ours(current.__traceback__)
        todo += [current.__cause__, current.__context__, *getattr(current, "exceptions", ())]


def _without_ours(entry):
    while entry is not None and entry.tb_frame.f_code.co_filename == OUR_FILE:
        entry = entry.tb_next
    kept = entry
    while kept is not None:
        following = kept.tb_next
        while following is not None and following.tb_frame.f_code.co_filename == OUR_FILE:
            following = following.tb_next
        if following is not kept.tb_next:
            kept.tb_next = following
        kept = following
    return entry


def _flush():
    """Whether everything that was printed has left. Replaced streams are flushed first, like CPython does."""
    flushed = True
    for stream in (getattr(sys, "stdout", None), getattr(sys, "stderr", None), _stdout, _stderr):
        try:
            if stream is not None and not stream.closed:
                stream.flush()
        except BaseException:
            flushed = flushed and stream not in (_stdout, getattr(sys, "stdout", None))
    return flushed


def _ignore(action):
    try:
        action()
    except BaseException:
        pass
