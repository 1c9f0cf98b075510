"""The files that the program leaves and its client wants. As root, after the last process of the program."""

import fnmatch
import os

from .layout import HOME, MIB

_MOST_BYTES, _MOST_ARTIFACTS, _MOST_PATH_BYTES = 10 * MIB, 100, 1024
# A program can leave millions of files; what is looked for is among the first.
_MOST_VISITED = 20_000


def find_artifacts(globs):
    """Regular files that match, by path; `*` and `?` stay within a folder and take no leading dot, `**` goes deeper."""
    search = _Search()
    for glob in globs:
        segments = glob.split("/")
        if not any(segment in ("", ".", "..") for segment in segments):
            search.expand(HOME, "", segments)
    return [{"path": path, "bytes": search.found[path]} for path in sorted(search.found)][:_MOST_ARTIFACTS]


class _Search:
    """Follows no link, so it stays inside, whatever the program left."""

    def __init__(self):
        self.found = {}
        self._left_to_visit = _MOST_VISITED

    def expand(self, folder, prefix, segments):
        segment, rest = segments[0], segments[1:]
        if segment == "**" and rest:
            self.expand(folder, prefix, rest)
        for entry in self._entries(folder):
            if not _matches(entry.name, segment):
                continue
            path = prefix + entry.name
            if entry.is_dir(follow_symlinks=False):
                following = segments if segment == "**" else rest
                if following:
                    self.expand(entry.path, path + "/", following)
            elif not rest:
                self._add(entry, path)

    def _entries(self, folder):
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    self._left_to_visit -= 1
                    if self._left_to_visit < 0:
                        return
                    yield entry
        except OSError:
            return

    def _add(self, entry, path):
        try:
            size = entry.stat(follow_symlinks=False).st_size
            is_nameable = len(path.encode()) <= _MOST_PATH_BYTES
            if is_nameable and entry.is_file(follow_symlinks=False) and size <= _MOST_BYTES:
                self.found[path] = size
        except (OSError, UnicodeEncodeError):
            pass


def _matches(name, segment):
    if name.startswith(".") and not segment.startswith("."):
        return False
    return segment == "**" or fnmatch.fnmatchcase(name, segment)
