"""What the host calls an error of the guest's kernel."""

import errno
import os

_CODES = {
    "not_found": (errno.ENOENT,),
    "already_exists": (errno.EEXIST,),
    "permission_denied": (errno.EACCES, errno.EPERM, errno.EROFS),
    "no_space": (errno.ENOSPC, errno.EDQUOT, errno.EFBIG),
    "invalid_argument": (
        *(errno.ENOTDIR, errno.EISDIR, errno.EINVAL, errno.ENAMETOOLONG, errno.ELOOP, errno.ENXIO),
        *(errno.ENOTEMPTY, errno.EXDEV, errno.EBUSY, errno.ENOEXEC, errno.E2BIG, errno.ETXTBSY),
    ),
}
_CODE_OF = {number: code for code, numbers in _CODES.items() for number in numbers}


class Refused(Exception):
    """The call can't be served; `code` is the host's word for why."""

    def __init__(self, code, message):
        super().__init__(message)
        self.code = code


def failure_of(error):
    if isinstance(error, Refused):
        return {"code": error.code, "message": str(error)}
    if isinstance(error, OSError):
        name = "" if error.filename is None else f": {printable(error.filename)}"
        words = os.strerror(error.errno) if error.errno else "input/output error"
        return {"code": _CODE_OF.get(error.errno, "internal"), "message": f"{words.lower()}{name}"}
    return {"code": "internal", "message": type(error).__name__}


def printable(path):
    """A path as text: names need not be UTF-8."""
    return os.fsencode(path).decode("utf-8", "replace")
