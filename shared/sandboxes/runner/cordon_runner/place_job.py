"""What the program finds on its disk. As root, before anything of the program runs."""

import base64
import contextlib
import json
import os

from .kernel import bind, mount_tmpfs
from .layout import DISK, FONT_LIST_FOLDER, HOME, JOB_FILE, MATPLOTLIB_FOLDER, UID

_PLACES = (("home", HOME, 0o755), ("tmp", "/tmp", 0o1777), ("shm", "/dev/shm", 0o1777))
_MAIN_FILES = {"python": "main.py", "javascript": "main.js", "bash": "main.sh"}


def take_job():
    """The job that a client left for us, and for nobody else."""
    with open(JOB_FILE, encoding="utf-8") as file:
        job = json.load(file)
    os.unlink(JOB_FILE)
    return job


def prepare_disk(disk_mib):
    """One small disk for all places where the program can write; where nothing can be mounted, they stay."""
    os.makedirs(DISK, exist_ok=True)
    if not mount_tmpfs(DISK, disk_mib):
        return
    for name, place, mode in _PLACES:
        folder = f"{DISK}/{name}"
        os.mkdir(folder)
        os.chmod(folder, mode)
        if place == HOME:
            os.chown(folder, UID, UID)
        if os.path.isdir(place):
            bind(folder, place)


@contextlib.contextmanager
def acting_as_user():
    """What is done here is done with the rights of `user`. Only while nothing of the program runs: it could kill us."""
    os.setresgid(UID, UID, 0)
    os.setresuid(UID, UID, 0)
    try:
        yield
    finally:
        os.setresuid(0, 0, 0)
        os.setresgid(0, 0, 0)


def place_files(job):
    """To be called as `user`. Fails with OSError when they don't fit, or lead out of the folder."""
    if job["language"] == "python" and os.path.isdir(FONT_LIST_FOLDER):
        offer_font_list()
    for file in job["files"]:
        content = _encode(file["content"])
        _place(file["path"], base64.b64decode(content) if file["encoding"] == "base64" else content)
    _place(_MAIN_FILES[job["language"]], _encode(job["source"]))


def offer_font_list():
    """matplotlib only uses a list of fonts in a folder that it could write to."""
    os.makedirs(MATPLOTLIB_FOLDER, exist_ok=True)
    for name in os.listdir(FONT_LIST_FOLDER):
        link = f"{MATPLOTLIB_FOLDER}/{name}"
        if not os.path.lexists(link):
            os.symlink(f"{FONT_LIST_FOLDER}/{name}", link)


def write_file(path, content, mode):
    fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW | os.O_CLOEXEC, mode)
    try:
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(fd, rest) :]
    finally:
        os.close(fd)


def _place(path, content):
    names = path.split("/")
    if any(name in ("", ".", "..") or "\0" in name for name in names):
        raise OSError(22, "Invalid path")
    if len(names) > 1:
        os.makedirs(f"{HOME}/{'/'.join(names[:-1])}", exist_ok=True)
    write_file(f"{HOME}/{path}", content, 0o644)


def _encode(text):
    return text.encode(errors="replace")
