"""Processes that a client starts."""

import collections
import os
import select
import signal
import struct

from channel import BROKEN, CHUNK_BYTES, END, ERROR_OUTPUT, OUTPUT, REPLY, TAKEN, WINDOW_BYTES
from cordon_runner.loop import leave_loop
from cordon_runner.run import signal_name
from failures import Refused
from users import become

_KINDS = {"stdout": OUTPUT, "stderr": ERROR_OUTPUT}


class Process:
    """Its output goes to the host while there is room for it there, else it waits on its own writes."""

    is_over = False

    def __init__(self, call, command, loop, channel):
        self._call, self._loop, self._channel = call, loop, channel
        self._room = WINDOW_BYTES
        self._status = None
        self._pending, self._is_closing = collections.deque(), False
        stdin, self._stdin = os.pipe() if command["stdin"] else (os.open(os.devnull, os.O_RDONLY), None)
        pipes = {name: os.pipe() for name in _KINDS}
        try:
            self.pid = _spawn(command, stdin, pipes["stdout"][1], pipes["stderr"][1])
        except Refused:
            for fd in (self._stdin, *(read for read, _ in pipes.values())):
                if fd is not None:
                    os.close(fd)
            raise
        finally:
            for fd in (stdin, *(write for _, write in pipes.values())):
                os.close(fd)
        self._outputs = {name: read for name, (read, _) in pipes.items()}
        for fd in (self._stdin, *self._outputs.values()):
            if fd is not None:
                os.set_blocking(fd, False)
        channel.send_json(REPLY, call, {"pid": self.pid})
        self._watch()

    def room(self, more):
        had_none = self._room <= 0
        self._room += more
        if had_none and self._room > 0:
            self._watch()
            self._finish_when_silent()

    def cancel(self):
        pass

    def input(self, chunk):
        if self._stdin is None or self._is_closing:
            self._channel.send(BROKEN, self._call)
            return
        self._pending.append(memoryview(chunk))
        self._feed()

    def input_end(self):
        self._is_closing = True
        if self._stdin is not None:
            self._feed()

    def signal(self, number):
        if self._status is None:
            os.kill(self.pid, number)

    def ended(self, status, _usage):
        self._status = status
        self._close_stdin()
        self._finish_when_silent()

    def _watch(self):
        for name, fd in self._outputs.items():
            self._loop.watch(fd, select.POLLIN, lambda name=name: self._forward(name))

    def _forward(self, name):
        """Whether there was something."""
        fd = self._outputs[name]
        try:
            chunk = os.read(fd, min(CHUNK_BYTES, self._room))
        except BlockingIOError:
            return False
        if not chunk:
            self._close(name)
            return False
        self._channel.send(_KINDS[name], self._call, chunk)
        self._room -= len(chunk)
        if self._room <= 0:
            for other in self._outputs.values():
                self._loop.forget(other)
        return True

    def _close(self, name):
        fd = self._outputs.pop(name)
        self._loop.forget(fd)
        os.close(fd)

    def _finish_when_silent(self):
        """Once it has ended, what is in its pipes is its last output, whoever still holds them."""
        if self._status is None:
            return
        for name in list(self._outputs):
            while self._room > 0 and self._forward(name):
                pass
            if self._room <= 0:
                return
            if name in self._outputs:
                self._close(name)
        if os.WIFSIGNALED(self._status):
            end = {"signal": signal_name(os.WTERMSIG(self._status))}
        else:
            end = {"exitCode": os.WEXITSTATUS(self._status)}
        self._channel.send_json(END, self._call, end)

    def _feed(self):
        try:
            while self._pending:
                chunk = self._pending[0]
                written = os.write(self._stdin, chunk) if chunk else 0
                self._channel.send(TAKEN, self._call, struct.pack(">I", written))
                self._pending[0] = chunk[written:]
                if not self._pending[0]:
                    self._pending.popleft()
        except BlockingIOError:
            self._loop.watch(self._stdin, select.POLLOUT, self._feed)
            return
        except OSError:
            self._is_closing = True
            self._channel.send(BROKEN, self._call)
        self._loop.forget(self._stdin)
        if self._is_closing:
            self._close_stdin()

    def _close_stdin(self):
        if self._stdin is not None:
            if self._pending:
                self._channel.send(BROKEN, self._call)
                self._pending.clear()
            self._loop.forget(self._stdin)
            os.close(self._stdin)
            self._stdin = None


def _spawn(command, stdin, stdout, stderr):
    """Fork and exec. What fails in the child before its program runs is known when this returns."""
    failed, fail = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            leave_loop()
            for target, fd in enumerate((stdin, stdout, stderr)):
                os.dup2(fd, target)
            become(command["user"])
            _enter(command["cwd"])
            for number in (signal.SIGPIPE, signal.SIGXFSZ):
                signal.signal(number, signal.SIG_DFL)
            os.execvpe(command["cmd"], [command["cmd"], *command["args"]], command["env"])
        except OSError as error:
            where = "cwd" if error.filename == command["cwd"] else "cmd"
            os.write(fail, f"{error.errno} {where}".encode())
        finally:
            os._exit(127)
    os.close(fail)
    try:
        said = os.read(failed, 100).split()
    finally:
        os.close(failed)
    if said:
        os.waitpid(pid, 0)
        _refuse(command, int(said[0]), said[1].decode())
    return pid


def spawn_quietly(argv, user):
    """A command of our own, whose status is all that counts."""
    nothing = os.open(os.devnull, os.O_RDWR)
    path = {"PATH": "/usr/bin:/bin"}
    try:
        command = {"cmd": argv[0], "args": argv[1:], "cwd": "/", "env": path, "user": user}
        return _spawn(command, nothing, nothing, nothing)
    finally:
        os.close(nothing)


def _enter(cwd):
    os.umask(0o022)
    os.chdir(cwd)


def _refuse(command, number, where):
    words = os.strerror(number).lower()
    if where == "cwd":
        raise Refused("invalid_argument", f"cwd '{command['cwd']}': {words}")
    code = "permission_denied" if number == 13 else "not_found" if number == 2 else "invalid_argument"
    raise Refused(code, f"{command['cmd']}: {words}")
