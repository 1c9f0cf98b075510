"""Waiting for everything at once, in one thread."""

import os
import select
import signal

TICK_MS = 20


class InChild(BaseException):
    """Carries the work of a forked child up to where nothing of its parent is on the stack."""

    def __init__(self, work):
        super().__init__()
        self.work = work


class Loop:
    """Waits for descriptors and ended children, and while there is `on_tick`, for a moment at most."""

    def __init__(self, on_child):
        """`on_child` gets the process id, status and usage of every child that ended."""
        self.on_tick = None
        self._on_child = on_child
        self._poll = select.poll()
        self._handlers = {}
        self._wake, wake = os.pipe2(os.O_CLOEXEC | os.O_NONBLOCK)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
        self.watch(self._wake, select.POLLIN, self._woken)

    def watch(self, fd, events, handler):
        self._handlers[fd] = handler
        self._poll.register(fd, events)

    def forget(self, fd):
        if self._handlers.pop(fd, None) is not None:
            self._poll.unregister(fd)

    def turn(self):
        """Handles what there is, or waits for it."""
        for fd, _ in self._poll.poll(None if self.on_tick is None else TICK_MS):
            # An earlier handler of this turn may have forgotten it.
            handler = self._handlers.get(fd)
            if handler is not None:
                handler()
        if self.on_tick is not None:
            self.on_tick()

    def _woken(self):
        os.read(self._wake, 4096)
        self.reap()

    def reap(self):
        """Takes in every child that has ended, orphans that were adopted too."""
        while True:
            try:
                pid, status, usage = os.wait4(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if pid == 0:
                return
            self._on_child(pid, status, usage)


def leave_loop():
    """In a forked child: signals are again what Python makes of them."""
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
