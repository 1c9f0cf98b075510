"""What the interpreter says of its program, over a pipe that the program can write to as well."""

import json
import os
import select

_TAIL_BYTES = 128 * 1024


class ReportPipe:
    """Only what follows the token is heard, whatever else comes; only the last of it is kept."""

    def __init__(self, fd, loop, token, on_chunk):
        self._fd, self._loop, self._token = fd, loop, token.encode()
        self._on_chunk = on_chunk
        self._tail = b""
        loop.watch(fd, select.POLLIN, self.read)

    def read(self):
        chunk = read_some(self._fd)
        if chunk == b"":
            self._loop.forget(self._fd)
        if chunk:
            self._tail = (self._tail + chunk)[-_TAIL_BYTES:]
            self._on_chunk()
        return chunk

    def said(self, name):
        for line in self._tail.split(self._token)[1:]:
            try:
                message = json.loads(line.partition(b"\n")[0])
                if name in message:
                    return message[name]
            except (ValueError, TypeError, RecursionError):
                continue
        return None

    def close(self):
        while self.read():
            pass
        self._loop.forget(self._fd)
        os.close(self._fd)


def read_some(fd):
    """None when there is nothing yet, empty at the end."""
    try:
        return os.read(fd, 48 * 1024)
    except BlockingIOError:
        return None
    except OSError:
        return b""


def valid_error(error):
    """The program could have had a hand in it: only what has the right shape, else None."""
    try:
        kind, message, line = error["type"], error["message"], error["line"]
    except (TypeError, KeyError, IndexError):
        return None
    if not (isinstance(kind, str) and isinstance(message, str)):
        return None
    is_line = type(line) is int and 0 < line < 10**9
    return {"type": kind[:200], "message": message[:10_000], "line": line if is_line else None}
