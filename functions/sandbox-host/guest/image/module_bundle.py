"""Modules in one file. In a guest, to find and read a file of its own costs each module a dozen system calls."""

import marshal
import os
import sys
from _frozen_importlib_external import SourceFileLoader, spec_from_file_location

_FOLDER = "/usr/lib/cordon"
_LENGTH_BYTES = 8


class ModuleBundle:
    """Finds modules in a bundle before folders are searched, from `open_bundle` to `close_bundles`."""

    def __init__(self, name):
        content = memoryview(_read_whole(_path_of(name)))
        self._start = _LENGTH_BYTES + int.from_bytes(content[:_LENGTH_BYTES], "little")
        self._index = marshal.loads(content[_LENGTH_BYTES : self._start])
        self._content = content

    def find_spec(self, name, path=None, target=None):
        found = self._index.get(name)
        if found is None:
            return None
        file, is_package, offset, size = found
        start = self._start + offset
        loader = _BundleLoader(name, file, self._content[start : start + size])
        folders = [os.path.dirname(file)] if is_package else None
        return spec_from_file_location(name, file, loader=loader, submodule_search_locations=folders)


def _read_whole(path):
    """At once: a call for each module would cost more than all of its bytes."""
    fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        return os.read(fd, os.fstat(fd).st_size)
    finally:
        os.close(fd)


class _BundleLoader(SourceFileLoader):
    """Leaves a module that looks as if it came from its own file."""

    def __init__(self, name, path, code):
        super().__init__(name, path)
        self._code = code

    def exec_module(self, module):
        module.__loader__ = module.__spec__.loader = SourceFileLoader(self.name, self.path)
        exec(marshal.loads(self._code), module.__dict__)


def open_bundle(name):
    """Where there is none, modules are found as usual."""
    try:
        sys.meta_path.insert(0, ModuleBundle(name))
    except FileNotFoundError:
        pass


def write_bundle(name, codes):
    """`codes`: of each module its file, whether it is a package, and its marshalled code."""
    index, offset = {}, 0
    for module, (file, is_package, code) in codes.items():
        index[module] = (file, is_package, offset, len(code))
        offset += len(code)
    head = marshal.dumps(index)
    with open(_path_of(name), "wb") as bundle:
        bundle.write(len(head).to_bytes(_LENGTH_BYTES, "little") + head)
        for _, _, code in codes.values():
            bundle.write(code)


def close_bundles():
    """Before a program runs: it has modules of its own, which come first."""
    sys.meta_path[:] = [finder for finder in sys.meta_path if not isinstance(finder, ModuleBundle)]


def _path_of(name):
    return f"{_FOLDER}/{name}.bundle"
