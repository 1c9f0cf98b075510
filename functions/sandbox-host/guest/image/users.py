"""The guest's two users."""

import contextlib
import os

from cordon_runner.kernel import forgo_privileges, own_process_files
from cordon_runner.layout import HOME, UID

HOMES = {"root": "/root", "user": HOME}


def become(user):
    """For good, in a child: a session of its own, with nothing of root's unless it is root."""
    os.setsid()
    if user == "user":
        os.setgroups([])
        os.setresgid(UID, UID, UID)
        os.setresuid(UID, UID, UID)
        forgo_privileges()
        own_process_files()


@contextlib.contextmanager
def acting_as(user):
    """Files are used with the rights of `user`. We stay root in name, so that nothing of `user` can signal us."""
    if user == "user":
        os.setegid(UID)
        os.seteuid(UID)
    try:
        yield
    finally:
        if user == "user":
            os.seteuid(0)
            os.setegid(0)


def name_of(uid):
    return {0: "root", UID: "user"}.get(uid, str(uid))
