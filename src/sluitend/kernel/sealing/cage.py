"""Doors that a process shuts behind itself, for good: no file, no network, no other process, little memory.

For the process that draws what a stranger sent. Nothing here needs a privilege, and nothing of the project is
imported. Linux only: elsewhere `shut` refuses, and then nothing is drawn.
"""

import ctypes
import os
import platform
import resource

MEMORY = 768 * 1024 * 1024
SECONDS = 55
NOBODY = 65534

_LANDLOCK_CREATE, _LANDLOCK_RESTRICT, _LANDLOCK_VERSION = 444, 446, 1
_FILES = ((1, 0x1FFF), (2, 1 << 13), (3, 1 << 14), (5, 1 << 15))
"""From which version of Landlock which rights on files can be taken away."""
_NETWORK, _SCOPES = (4, 0b11), (6, 0b11)
_PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP, _SECCOMP_FILTER = 38, 22, 2

_MACHINES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}
_CALLS = {
    "read": (0, 63),
    "write": (1, 64),
    "readv": (19, 65),
    "writev": (20, 66),
    "close": (3, 57),
    "fstat": (5, 80),
    "lseek": (8, 62),
    "mmap": (9, 222),
    "mprotect": (10, 226),
    "munmap": (11, 215),
    "brk": (12, 214),
    "mremap": (25, 216),
    "madvise": (28, 233),
    "rt_sigaction": (13, 134),
    "rt_sigprocmask": (14, 135),
    "rt_sigreturn": (15, 139),
    "sigaltstack": (131, 132),
    "futex": (202, 98),
    "clock_gettime": (228, 113),
    "gettimeofday": (96, 169),
    "nanosleep": (35, 101),
    "clock_nanosleep": (230, 115),
    "getpid": (39, 172),
    "gettid": (186, 178),
    "getrandom": (318, 278),
    "sched_yield": (24, 124),
    "exit": (60, 93),
    "exit_group": (231, 94),
    "restart_syscall": (219, 128),
    "getrusage": (98, 165),
}
"""What may still be asked of the kernel, by its number on each machine: memory, pipes, clock, ending."""
_ALLOW, _REFUSE, _KILL = 0x7FFF0000, 0x00050001, 0x80000000
_LOAD, _IF_EQUAL, _RETURN = 0x20, 0x15, 0x06


class NoCage(Exception):
    """A door does not shut on this machine."""


class _Rule(ctypes.Structure):
    _fields_ = (
        ("code", ctypes.c_uint16),
        ("then", ctypes.c_uint8),
        ("otherwise", ctypes.c_uint8),
        ("value", ctypes.c_uint32),
    )


class _Filter(ctypes.Structure):
    _fields_ = (("length", ctypes.c_uint16), ("rules", ctypes.POINTER(_Rule)))


def shut() -> None:
    """Shut every door of this process. Load all modules before, and start no thread.

    Raises:
        NoCage: one does not shut; then nothing of a stranger may be touched.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    _become_nobody()
    _limit()
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
        raise NoCage("no_new_privs")
    _shut_files(libc)
    _shut_calls(libc)


def landlock_version() -> int:
    """Return which version of Landlock the kernel has, 0 without."""
    libc = ctypes.CDLL(None, use_errno=True)
    return max(int(libc.syscall(_LANDLOCK_CREATE, None, ctypes.c_size_t(0), _LANDLOCK_VERSION)), 0)


def _become_nobody() -> None:
    """Limits on processes do not bind root."""
    if os.geteuid() == 0:
        try:
            os.setgroups([])
            os.setresgid(NOBODY, NOBODY, NOBODY)
            os.setresuid(NOBODY, NOBODY, NOBODY)
        except OSError as error:
            raise NoCage("user") from error


def _limit() -> None:
    for limit, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, 0),
    ):
        _soft, hard = resource.getrlimit(limit)
        least = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(limit, (least, least))


def _shut_files(libc: ctypes.CDLL) -> None:
    version = landlock_version()
    if not version:
        raise NoCage("landlock")
    files = sum(rights for since, rights in _FILES if version >= since)
    asked = [files, *(rights for since, rights in (_NETWORK, _SCOPES) if version >= since)]
    attributes = (ctypes.c_uint64 * len(asked))(*asked)
    rules = libc.syscall(_LANDLOCK_CREATE, attributes, ctypes.c_size_t(ctypes.sizeof(attributes)), 0)
    if rules < 0 or libc.syscall(_LANDLOCK_RESTRICT, rules, 0):
        raise NoCage("landlock")
    os.close(rules)


def _shut_calls(libc: ctypes.CDLL) -> None:
    column, machine = _MACHINES.get(platform.machine(), (0, 0))
    if not machine:
        raise NoCage("seccomp")
    rules = [_Rule(_LOAD, 0, 0, 4), _Rule(_IF_EQUAL, 1, 0, machine), _Rule(_RETURN, 0, 0, _KILL)]
    rules.append(_Rule(_LOAD, 0, 0, 0))
    for numbers in _CALLS.values():
        rules += [_Rule(_IF_EQUAL, 0, 1, numbers[column]), _Rule(_RETURN, 0, 0, _ALLOW)]
    rules.append(_Rule(_RETURN, 0, 0, _REFUSE))
    program = _Filter(len(rules), (_Rule * len(rules))(*rules))
    if libc.prctl(_PR_SET_SECCOMP, _SECCOMP_FILTER, ctypes.byref(program), 0, 0):
        raise NoCage("seccomp")
