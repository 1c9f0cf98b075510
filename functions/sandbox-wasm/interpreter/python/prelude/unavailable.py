"""What an operating system would do and this one can't: an ordinary exception that says so."""

import _socket
import _thread
import errno
import os
import posix
import select
import socket
import subprocess
import sys
import threading
import time

WHERE = "in the wasm backend"


def _refuser(kind, text, *arguments):
    def refuse(*_args, **_kwargs):
        raise kind(*arguments, text)

    return refuse


def _sleep_without_cpu():
    busy_wait = time.sleep

    def sleep(seconds, /):
        """Suspends execution for the given number of seconds."""
        busy_wait(seconds if seconds != seconds or seconds < 0 else 0)  # the checks and messages of the original
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0.001:
            select.poll().poll(min(int(left * 1000), 10**6))
        busy_wait(max(0, until - time.monotonic()))

    sleep.__module__, sleep.__qualname__ = "time", "sleep"
    time.sleep = sleep


def _refuse_network():
    no_network = _refuser(OSError, f"sockets aren't available {WHERE}: programs have no network", errno.EPERM)
    no_names = _refuser(
        socket.gaierror, f"names can't be resolved {WHERE}: programs have no network", socket.EAI_FAIL
    )
    socket.socket.__init__ = no_network
    for name in ("getaddrinfo", "gethostbyname", "gethostbyname_ex", "gethostbyaddr", "getnameinfo"):
        if hasattr(_socket, name):
            setattr(_socket, name, no_names)
            setattr(socket, name, no_names)
    socket.socketpair = no_network


def _refuse_threads():
    no_threads = _refuser(RuntimeError, f"can't start new thread: threads aren't available {WHERE}")
    _thread.start_new_thread = _thread.start_new = _thread.start_joinable_thread = no_threads
    threading._start_joinable_thread = no_threads


def _refuse_processes():
    no_processes = _refuser(OSError, f"processes aren't available {WHERE}", errno.ENOSYS)
    subprocess.Popen.__init__ = no_processes
    for name in ("fork", "forkpty", "execv", "execve", "posix_spawn", "posix_spawnp"):
        if hasattr(posix, name):
            setattr(posix, name, no_processes)
            setattr(os, name, no_processes)


class _MissingModules:
    """Last of the finders: says why a module can't be imported. `find_spec` callers still get their None."""

    def find_spec(self, name, path=None, target=None):
        caller = sys._getframe(2).f_code.co_name
        if path is not None or caller != "_find_and_load_unlocked":
            return None
        reason = (
            f"it isn't available {WHERE}"
            if name in sys.stdlib_module_names
            else "the wasm backend has Python's standard library and the program's own files only"
        )
        raise ModuleNotFoundError(f"No module named {name!r} ({reason})", name=name)


_sleep_without_cpu()
_refuse_network()
_refuse_threads()
_refuse_processes()
sys.meta_path.append(_MissingModules())
