"""File operations of a client. Links are followed here, so they lead to files of the guest only."""

import os
import stat

from channel import CHUNK_BYTES, END, FAILURE, OUTPUT, REPLY, WINDOW_BYTES
from failures import Refused, failure_of, printable
from users import acting_as, name_of

_MOST_LISTED = 10_000
_LISTED_AT_ONCE = 200


def describe(path):
    """An entry as the host knows it. Of a link: what it leads to."""
    link = os.lstat(path)
    target = os.readlink(path) if stat.S_ISLNK(link.st_mode) else None
    try:
        found = link if target is None else os.stat(path)
    except OSError:
        found = link
    return {
        "name": printable(os.path.basename(path) or "/"),
        "path": printable(path),
        "type": _type_of(found.st_mode),
        "size": found.st_size,
        "mode": stat.S_IMODE(found.st_mode),
        "owner": name_of(found.st_uid),
        "group": name_of(found.st_gid),
        "modifiedMs": found.st_mtime_ns // 1_000_000,
        "symlinkTarget": None if target is None else printable(target),
    }


def _type_of(mode):
    for is_type, name in ((stat.S_ISREG, "file"), (stat.S_ISDIR, "directory"), (stat.S_ISLNK, "symlink")):
        if is_type(mode):
            return name
    return "other"


def list_folder(path, depth):
    """Pieces of the list, in order of the paths."""
    if not stat.S_ISDIR(os.stat(path).st_mode):
        raise Refused("invalid_argument", f"path is not a directory: {printable(path)}")
    found = []
    _collect(path, depth, found)
    entries = [entry for entry in map(_describe_or_none, found) if entry is not None]
    return [entries[start : start + _LISTED_AT_ONCE] for start in range(0, len(entries), _LISTED_AT_ONCE)]


def _collect(root, depth, found):
    folders = [(root, 1)]
    while folders:
        folder, level = folders.pop()
        try:
            entries = os.scandir(folder)
        except PermissionError:
            if level == 1:
                raise
            continue  # it is listed, what is inside can't be
        with entries:
            for entry in entries:
                found.append(entry.path)
                if len(found) > _MOST_LISTED:
                    raise Refused("invalid_argument", f"more than {_MOST_LISTED} entries")
                if level < depth and entry.is_dir(follow_symlinks=False):
                    folders.append((entry.path, level + 1))
    found.sort()


def _describe_or_none(path):
    try:
        return describe(path)
    except OSError:
        return None  # it is gone meanwhile


def make_folder(path):
    try:
        os.makedirs(path)
    except FileExistsError:
        if os.path.isdir(path):
            raise Refused("already_exists", f"directory already exists: {printable(path)}") from None
        raise Refused("invalid_argument", f"path is not a directory: {printable(path)}") from None
    return describe(path)


def _make_parents(path):
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
    except FileExistsError as error:
        raise Refused("invalid_argument", f"path is not a directory: {printable(error.filename)}") from None


def move(source, target):
    os.lstat(source)
    _make_parents(target)
    os.rename(source, target)
    return describe(target)


def _open_regular(path, flags):
    """Never waits, as it would for the other end of a pipe."""
    fd = os.open(path, flags | os.O_NONBLOCK | os.O_CLOEXEC, 0o644)
    mode = os.fstat(fd).st_mode
    if stat.S_ISREG(mode):
        return fd
    os.close(fd)
    kind = "is a directory" if stat.S_ISDIR(mode) else "is not a regular file"
    raise Refused("invalid_argument", f"path {kind}: {printable(path)}")


class Download:
    """A file on its way to the host, as fast as that makes room for it."""

    def __init__(self, call, request, channel):
        self._call, self._channel, self._room = call, channel, 0
        self.is_over = False
        with acting_as(request["user"]):
            self._fd = _open_regular(request["path"], os.O_RDONLY)
        channel.send_json(REPLY, call, {"size": os.fstat(self._fd).st_size})
        self.room(WINDOW_BYTES)

    def room(self, more):
        self._room += more
        try:
            while self._fd is not None and self._room > 0:
                chunk = os.read(self._fd, min(CHUNK_BYTES, self._room))
                self._room -= len(chunk)
                if chunk:
                    self._channel.send(OUTPUT, self._call, chunk)
                else:
                    self._end(END, {})
        except OSError as error:
            self._end(FAILURE, failure_of(error))

    def cancel(self):
        if self._fd is not None:
            self._end(END, {})

    def _end(self, kind, message):
        os.close(self._fd)
        self._fd, self.is_over = None, True
        self._channel.send_json(kind, self._call, message)


class Upload:
    """A file on its way from the host."""

    def __init__(self, call, request, channel):
        self._call, self._channel = call, channel
        self.is_over = False
        path = request["path"]
        with acting_as(request["user"]):
            _make_parents(path)
            self._fd = _open_regular(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)

    def input(self, chunk):
        try:
            rest = memoryview(chunk)
            while rest and self._fd is not None:
                rest = rest[os.write(self._fd, rest) :]
        except OSError as error:
            self._end(FAILURE, failure_of(error))

    def input_end(self):
        if self._fd is not None:
            self._end(END, {})

    cancel = input_end

    def _end(self, kind, message):
        os.close(self._fd)
        self._fd, self.is_over = None, True
        self._channel.send_json(kind, self._call, message)


class Removal:
    """Of a file at once, of a folder by `rm`: a program can nest folders deeper than any path is long."""

    def __init__(self, call, request, channel, spawn):
        self._call, self._channel = call, channel
        self.pid, self.is_over = None, False
        path = request["path"]
        try:
            with acting_as(request["user"]):
                os.unlink(path)
        except (IsADirectoryError, PermissionError):
            if not os.path.isdir(path) or os.path.islink(path):
                raise
            self.pid = spawn(["rm", "-rf", "--", path], request["user"])
            return
        except (FileNotFoundError, NotADirectoryError):
            pass
        self.is_over = True
        channel.send_json(END, call, {})

    def ended(self, status, _usage):
        if status == 0:
            self._channel.send_json(END, self._call, {})
        else:
            failure = {"code": "permission_denied", "message": "not all of it can be removed"}
            self._channel.send_json(FAILURE, self._call, failure)
