"""stdin, stdout and stderr of the program."""

import base64
import os
import select

from .report_pipe import read_some

_LAST_BYTES = 8192


class ProgramStreams:
    """Feeds its stdin, and passes its output on up to the limit that both streams share."""

    def __init__(self, interpreter, loop, limit_bytes, emit, on_too_much):
        self._interpreter, self._loop = interpreter, loop
        self._left_bytes = limit_bytes
        self._emit, self._on_too_much = emit, on_too_much
        self._stdin = memoryview(b"")
        self.output_bytes = 0
        self.truncated = {"stdout": False, "stderr": False}
        self.last_of_stderr = b""

    def open(self, stdin):
        self._stdin = memoryview(stdin.encode(errors="replace"))
        self._feed()
        for name in ("stdout", "stderr"):
            self._loop.watch(self._fd(name), select.POLLIN, lambda name=name: self._forward(name))

    def close(self):
        """Takes what is still in the pipes, to be called when nobody can write any more."""
        for name in ("stdout", "stderr"):
            while self._forward(name):
                pass
            self._loop.forget(self._fd(name))
            os.close(self._fd(name))
        if self._interpreter.stdin is not None:
            self._close_stdin()

    def _fd(self, name):
        return getattr(self._interpreter, name)

    def _feed(self):
        fd = self._interpreter.stdin
        try:
            while self._stdin:
                self._stdin = self._stdin[os.write(fd, self._stdin) :]
        except BlockingIOError:
            self._loop.watch(fd, select.POLLOUT, self._feed)
            return
        except OSError:
            pass  # it doesn't read any more
        self._close_stdin()

    def _close_stdin(self):
        self._loop.forget(self._interpreter.stdin)
        os.close(self._interpreter.stdin)
        self._interpreter.stdin = None

    def _forward(self, name):
        chunk = read_some(self._fd(name))
        if chunk == b"":
            self._loop.forget(self._fd(name))
        if not chunk:
            return False
        part = chunk[: self._left_bytes]
        self._left_bytes -= len(part)
        self.output_bytes += len(part)
        if name == "stderr":
            self.last_of_stderr = (self.last_of_stderr + part)[-_LAST_BYTES:]
        if part:
            self._emit({name: base64.b64encode(part).decode("ascii")})
        if len(part) < len(chunk):
            self.truncated[name] = True
            self._on_too_much()
        return True
