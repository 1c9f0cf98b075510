"""A seccomp filter against user namespaces, whose root no limit on processes holds."""

import struct

_CLONE_NEWUSER = 0x10000000
_EPERM, _ENOSYS = 1, 38
# offsetof in struct seccomp_data, linux/seccomp.h. Low halves: both machines are little-endian.
_NUMBER, _MACHINE, _FIRST_ARGUMENT = 0, 4, 16
# opcodes of linux/bpf_common.h
_LOAD, _IF_EQUAL, _IF_AT_LEAST, _IF_ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000

# linux/audit.h, and the numbers of clone and unshare in each machine's unistd.h
_machines = {"x86_64": (0xC000003E, 56, 272), "aarch64": (0xC00000B7, 220, 97)}
_CLONE3 = 435
# What x86_64 adds to a number for its 32-bit variant.
_X32 = 0x40000000


def user_namespace_filter(machine):
    """
    Code for the kernel of this machine. clone3, whose flags are in memory where a filter can't read them, does not
    exist, so that C libraries use clone; nor do system calls by the numbers of other machines.
    """
    audit, clone, unshare = _machines[machine]
    return b"".join(
        struct.pack("<HBBI", *instruction)
        for instruction in (
            (_LOAD, 0, 0, _MACHINE),
            (_IF_EQUAL, 0, 8, audit),
            (_LOAD, 0, 0, _NUMBER),
            (_IF_AT_LEAST, 6, 0, _X32),
            (_IF_EQUAL, 5, 0, _CLONE3),
            (_IF_EQUAL, 1, 0, clone),
            (_IF_EQUAL, 0, 4, unshare),
            (_LOAD, 0, 0, _FIRST_ARGUMENT),
            (_IF_ANY_BIT, 0, 2, _CLONE_NEWUSER),
            (_RETURN, 0, 0, _REFUSE | _EPERM),
            (_RETURN, 0, 0, _REFUSE | _ENOSYS),
            (_RETURN, 0, 0, _ALLOW),
        )
    )
