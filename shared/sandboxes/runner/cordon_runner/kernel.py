"""System calls that Python's library has no function for."""

import ctypes
import os

from .user_namespace_filter import user_namespace_filter

_libc = ctypes.CDLL(None, use_errno=True)
_PR_SET_DUMPABLE, _PR_SET_SECCOMP, _PR_SET_CHILD_SUBREAPER, _PR_SET_NO_NEW_PRIVS = 4, 22, 36, 38
_SECCOMP_MODE_FILTER = 2
_MS_NOSUID, _MS_NODEV, _MS_BIND = 2, 4, 4096


class _Filter(ctypes.Structure):
    """struct sock_fprog: a count of instructions, and where they are."""

    _fields_ = [("length", ctypes.c_ushort), ("code", ctypes.c_void_p)]


def adopt_orphans():
    """From now on every descendant ends as a child of this process, or before."""
    if _libc.prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "orphans can not be adopted")


def forgo_privileges():
    """No program that this process starts can have more rights than it has, also not as root of a new namespace."""
    code = user_namespace_filter(os.uname().machine)
    program = _Filter(len(code) // 8, ctypes.cast(code, ctypes.c_void_p))
    if (
        _libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0
        or _libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0) != 0
    ):
        raise OSError(ctypes.get_errno(), "privileges can not be forgone")


def own_process_files():
    """After a change of user: or the files in its own /proc/self would be root's."""
    _libc.prctl(_PR_SET_DUMPABLE, 1, 0, 0, 0)


def mount_tmpfs(place, size_mib):
    """False where nothing may be mounted."""
    options = f"size={size_mib}m,mode=755".encode()
    return _libc.mount(b"tmpfs", place.encode(), b"tmpfs", _MS_NOSUID | _MS_NODEV, options) == 0


def bind(folder, place):
    if _libc.mount(folder.encode(), place.encode(), None, _MS_BIND, None) != 0:
        raise OSError(ctypes.get_errno(), f"{place} can not be mounted")


# The release that gVisor gives itself.
IS_GVISOR = os.uname().release == "4.4.0"
