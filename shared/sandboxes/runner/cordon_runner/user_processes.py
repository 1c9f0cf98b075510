"""The processes of `user`, by /proc: what they use, and their end."""

import os
import signal
import time

from .layout import UID

_PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")
_SWEEP_SECONDS = 5


class UserProcesses:
    """Measures them all. The files in /proc stay open: a look costs one call for each process."""

    def __init__(self):
        self._files = {}
        self._others = set()

    def look(self):
        """CPU time in ticks (with that of children that were waited for) and resident bytes, of each process."""
        present = _pids()
        self._others &= present
        for name in self._files.keys() - present:
            os.close(self._files.pop(name))
        return [seen for seen in map(self._read, present - self._others) if seen is not None]

    def _read(self, name):
        try:
            if name not in self._files:
                if not _is_of_user(name):
                    self._others.add(name)
                    return None
                self._files[name] = os.open(f"/proc/{name}/stat", os.O_RDONLY | os.O_CLOEXEC)
            fields = os.pread(self._files[name], 4096, 0).rpartition(b")")[2].split()
            return sum(map(int, fields[11:15])), int(fields[21]) * _PAGE_BYTES
        except (OSError, IndexError):
            return None  # it ended meanwhile

    def close(self):
        for fd in self._files.values():
            os.close(fd)
        self._files = {}


def sweep(reap):
    """Kills every process of `user` until there is none. `reap` takes in those that have ended.

    Fails with TimeoutError when they come faster than they go.
    """
    deadline = time.monotonic() + _SWEEP_SECONDS
    while True:
        reap()
        left = [int(name) for name in _pids() if _is_of_user(name)]
        if not left:
            return
        if time.monotonic() > deadline:
            raise TimeoutError(f"{len(left)} processes can not be ended")
        for pid in left:
            kill(pid)
        time.sleep(0.001)


def kill(pid):
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        pass


def _pids():
    return {name for name in os.listdir("/proc") if name.isdigit()}


def _is_of_user(pid):
    """By its status: the owner of its folder is root when it has made itself undumpable."""
    try:
        fd = os.open(f"/proc/{pid}/status", os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        uids = os.read(fd, 4096).partition(b"\nUid:")[2].partition(b"\n")[0].split()
        return b"%d" % UID in uids
    except OSError:
        return False
    finally:
        os.close(fd)
