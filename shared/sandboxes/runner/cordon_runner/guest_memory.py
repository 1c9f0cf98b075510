"""The memory of a whole guest, every page counted once. Only gVisor can tell: another kernel tells the machine's."""

import os

from .layout import DISK

_PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")


class GuestMemory:
    """What the processes of the guest have grown by since this was made; what lies on the program's disk is no memory."""

    def __init__(self):
        self._before = _held_bytes()

    def grown_bytes(self):
        return max(0, _held_bytes() - self._before)


def _held_bytes():
    disk = os.statvfs(DISK)
    on_disk = (disk.f_blocks - disk.f_bfree) * disk.f_frsize
    return -os.sysconf("SC_AVPHYS_PAGES") * _PAGE_BYTES - on_disk
