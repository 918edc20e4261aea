"""System calls that no plug-in needs are refused, by a filter in the kernel (Linux's seccomp).

It covers what Landlock and namespaces leave open: sockets by a path in the file system, io_uring,
memory that is in no process, and calls that have been ways out of namespaces. Numbers are those of
https://github.com/torvalds/linux/tree/master/arch/x86/entry/syscalls and of the generic table.
"""

from __future__ import annotations

import ctypes
import errno
import platform
import sys

SET_SECCOMP, FILTER = 22, 2
ALLOW, REFUSE = 0x7FFF0000, 0x00050000
LOAD, EQUAL, AT_LEAST, ANY_BIT, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
NUMBER_AT, ARCHITECTURE_AT, FIRST_ARGUMENT_AT, SECOND_ARGUMENT_AT = 0, 4, 16, 24
X32 = 0x40000000
NEW_NAMESPACE = 0x7E020000
"""Flags of ``clone`` that make a namespace (sched.h: CLONE_NEW*), but for the one of time."""
_SAME = (
    425, 426, 427, 428, 429, 430, 431, 432, 433, 438, 442, 447, 467,
)  # fmt: skip
"""The same everywhere: io_uring, the new mount calls, pidfd_getfd, mount_setattr, memfd_secret,
open_tree_attr."""
REFUSED: dict[str, tuple[int, ...]] = {
    # socket, ptrace, process_vm_*, kexec, modules, bpf, perf, userfaultfd, keys, mount, pivot_root,
    # chroot, unshare, setns, open_by_handle_at, acct, swap, reboot, clocks, System V IPC (what is
    # there already can be had by its number, without asking for it), mq_open, mq_unlink,
    # fanotify_init, ports, memfd_create
    "x86_64": (41, 101, 310, 311, 246, 320, 175, 313, 176, 321, 298, 323, 250, 248, 249, 165, 166,
               155, 161, 272, 308, 304, 163, 167, 168, 169, 164, 227, 305, 159, 29, 30, 31, 64, 65,
               66, 68, 69, 70, 71, 220, 240, 241, 300, 172, 173, 319),
    "aarch64": (198, 117, 270, 271, 104, 294, 105, 273, 106, 280, 241, 282, 219, 217, 218, 40, 39,
                41, 51, 97, 268, 265, 89, 224, 225, 142, 170, 112, 266, 171, 186, 187, 188, 189,
                190, 191, 192, 193, 194, 195, 196, 180, 181, 262, 279),
}  # fmt: skip
WATCHING = {"x86_64": (253, 254, 294), "aarch64": (26, 27)}
"""inotify, which tells names in folders that may not be read: Landlock does not know it."""
CHANGING = {
    "x86_64": (90, 91, 92, 93, 94, 132, 188, 189, 190, 197, 198, 199, 235, 260, 261, 268, 280,
               452, 463, 466, 469),
    "aarch64": (5, 6, 7, 14, 15, 16, 52, 53, 54, 55, 88, 452, 463, 466, 469),
}  # fmt: skip
"""Calls that change rights, owners, times and attributes of files: nor does it know these."""
FCNTL, IOCTL = {"x86_64": 72, "aarch64": 25}, {"x86_64": 16, "aarch64": 29}
LEASES = (1024, 1026)
"""F_SETLEASE, with which a reader of a file can make others wait that open it, and F_NOTIFY."""
OWNERS, OWNERS_BY_IOCTL = (8, 10, 15), (0x8901, 0x8902)
"""F_SETOWN, F_SETSIG and F_SETOWN_EX; FIOSETOWN and SIOCSPGRP: the process that the kernel signals
when something can be read. It may be anybody's."""
FLAGS_OF_FILES = (0x40086602, 0x40046602, 0x401C5820)
"""FS_IOC_SETFLAGS, FS_IOC32_SETFLAGS, FS_IOC_FSSETXATTR: more ways to change attributes."""
OF_A_PROCESS = {"x86_64": (302, 142, 144, 203, 314), "aarch64": (261, 118, 119, 122, 274)}
"""prlimit, with which any process of the user can be ended, and sched_*: of the caller (0) only."""
PRECEDENCE = {"x86_64": (141, 251), "aarch64": (140, 30)}
"""setpriority and ioprio_set, which reach all processes of a user."""
SIGNALS = {"x86_64": (62, 200, 234, 129, 297, 424), "aarch64": (129, 130, 131, 138, 240, 424)}
CLONE = {"x86_64": 56, "aarch64": 220}
CLONE3 = 435
ARCHITECTURE = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}


class _Step(ctypes.Structure):
    _fields_ = (
        ("code", ctypes.c_uint16), ("then", ctypes.c_uint8), ("otherwise", ctypes.c_uint8),
        ("value", ctypes.c_uint32),
    )  # fmt: skip


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_uint16), ("steps", ctypes.POINTER(_Step)))


def offered() -> bool:
    """Whether `refuse_calls` does anything here: Linux on a processor whose numbers are known."""
    return sys.platform == "linux" and platform.machine() in REFUSED


def refuse_calls(signals: bool, changing: bool, others: bool = True) -> bool:
    """Refuse the calls for good, in this process and all that it starts.

    Args:
        signals: refuse to send signals as well, where nothing else keeps them inside.
        others: refuse what changes limits and precedence of other processes, where all of the
            user's can be named.
        changing: refuse to change rights and times of files, where not all of them are read-only.

    Returns:
        Whether it was done. ``no_new_privs`` must be set.
    """
    if not offered():
        return False
    machine = platform.machine()
    numbers = (*REFUSED[machine], *_SAME, *WATCHING[machine])
    numbers += (*(SIGNALS[machine] if signals else ()), *(CHANGING[machine] if changing else ()))
    numbers += PRECEDENCE[machine] if others else ()
    refused = REFUSE | errno.EPERM
    steps = [
        _Step(LOAD, 0, 0, ARCHITECTURE_AT),
        _Step(EQUAL, 1, 0, ARCHITECTURE[machine]),
        _Step(RETURN, 0, 0, refused),
        _Step(LOAD, 0, 0, NUMBER_AT),
    ]
    # The x32 numbers of x86-64 are another way to the same calls.
    steps += [_Step(AT_LEAST, 0, 1, X32), _Step(RETURN, 0, 0, refused)]
    for number in numbers:
        steps += [_Step(EQUAL, 0, 1, number), _Step(RETURN, 0, 0, refused)]
    # Of these calls some orders are refused, which are their second argument.
    flags = FLAGS_OF_FILES if changing else ()
    orders = {FCNTL[machine]: (*LEASES, *OWNERS), IOCTL[machine]: (*OWNERS_BY_IOCTL, *flags)}
    for number, some in orders.items():
        steps += [_Step(EQUAL, 0, 2 * len(some) + 2, number), _Step(LOAD, 0, 0, SECOND_ARGUMENT_AT)]
        for order in some:
            steps += [_Step(EQUAL, 0, 1, order), _Step(RETURN, 0, 0, refused)]
        steps += [_Step(RETURN, 0, 0, ALLOW)]
    for number in OF_A_PROCESS[machine] if others else ():
        steps += [
            _Step(EQUAL, 0, 4, number),
            _Step(LOAD, 0, 0, FIRST_ARGUMENT_AT),
            _Step(EQUAL, 1, 0, 0),
            _Step(RETURN, 0, 0, refused),
            _Step(RETURN, 0, 0, ALLOW),
        ]
    # The C library falls back to clone, whose flags can be looked at.
    steps += [_Step(EQUAL, 0, 1, CLONE3), _Step(RETURN, 0, 0, REFUSE | errno.ENOSYS)]
    steps += [
        _Step(EQUAL, 0, 3, CLONE[machine]),
        _Step(LOAD, 0, 0, FIRST_ARGUMENT_AT),
        _Step(ANY_BIT, 0, 1, NEW_NAMESPACE),
        _Step(RETURN, 0, 0, refused),
        _Step(RETURN, 0, 0, ALLOW),
    ]
    held = (_Step * len(steps))(*steps)
    program = _Program(len(steps), held)
    libc = ctypes.CDLL(None, use_errno=True)
    return not libc.prctl(SET_SECCOMP, FILTER, ctypes.byref(program), 0, 0)
