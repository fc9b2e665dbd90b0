"""Takes the network away from the process that calls, for good, and shows that it is gone.

Oxigraph sends `SERVICE` requests and has no switch for it. So the processes that run strangers'
queries give up the network before they open the store, in two ways, of which one is enough:

* a network namespace of their own, with nothing in it (`unshare`);
* a filter of system calls that hands out no more sockets (`seccomp`). It also closes the way
  through a local resolver, which looks up names for whoever writes to its Unix socket.

Both are Linux's. Elsewhere, and where a container forbids both, there is no barrier.
"""

from __future__ import annotations

import ctypes
import errno
import platform
import socket
import struct
import sys
from contextlib import suppress
from pathlib import Path

_NEW_USER, _NEW_NET = 0x10000000, 0x40000000  # <linux/sched.h>
_SET_NO_NEW_PRIVILEGES, _SET_SECCOMP, _SET_DEATH_SIGNAL = 38, 22, 1  # <linux/prctl.h>
_FILTER_MODE = 2
_SOCKETS = {  # <linux/audit.h>'s word for the machine; its numbers of socket and io_uring_setup
    "x86_64": (0xC000003E, 41, 425),
    "aarch64": (0xC00000B7, 198, 425),
}
_FAR = ("192.0.2.1", 9)  # RFC 5737: nobody lives there
_NEAR = ("127.0.0.1", 9)


def drop_network() -> bool:
    """Give up the network; whether it is shown to be gone.

    Call it before anything starts a thread: a namespace of users wants a process of one thread.
    """
    if sys.platform == "linux":
        try:
            libc = ctypes.CDLL(None, use_errno=True)
        except OSError:
            return False
        libc.unshare(_NEW_NET) and libc.unshare(_NEW_USER | _NEW_NET)
        _forbid_sockets(libc)
    return not (_reaches(_NEAR) or _reaches(_FAR))


def die_with_parent() -> None:
    """Have the system end this process when its parent ends, however that ends (Linux)."""
    if sys.platform == "linux":
        try:
            ctypes.CDLL(None).prctl(_SET_DEATH_SIGNAL, 9, 0, 0, 0)
        except OSError:
            return


def _reaches(address: tuple[str, int]) -> bool:
    """Whether a packet could set out; none does, as a datagram socket only looks up the way."""
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.connect(address)
    except OSError as error:
        return error.errno != errno.ENETUNREACH
    return True


def _forbid_sockets(libc: ctypes.CDLL) -> None:
    """Answer `socket` with "Network is unreachable" from now on (classic BPF, <linux/filter.h>)."""
    known = _SOCKETS.get(platform.machine())
    if known is None or struct.calcsize("P") != 8:
        return
    machine, *forbidden = known
    refuse = 0x00050000 | errno.ENETUNREACH  # SECCOMP_RET_ERRNO
    load, equal, at_least, answer = 0x20, 0x15, 0x35, 0x06
    count = len(forbidden)
    program = [
        (load, 0, 0, 4),  # the machine whose calls these are
        (equal, 0, count + 3, machine),  # another one's: refuse all
        (load, 0, 0, 0),  # the number of the call
        (at_least, count + 1, 0, 0x40000000),  # x86's third numbering: refuse all
        *((equal, count - index, 0, number) for index, number in enumerate(forbidden)),
        (answer, 0, 0, 0x7FFF0000),  # SECCOMP_RET_ALLOW
        (answer, 0, 0, refuse),
    ]
    code = b"".join(struct.pack("=HBBI", *line) for line in program)
    kept = ctypes.create_string_buffer(code, len(code))
    head = struct.pack("@HP", len(program), ctypes.addressof(kept))
    if libc.prctl(_SET_NO_NEW_PRIVILEGES, 1, 0, 0, 0) == 0:
        libc.prctl(_SET_SECCOMP, _FILTER_MODE, ctypes.c_char_p(head), 0, 0)


def limit_memory(megabytes: int) -> None:
    """Let the process take so much more memory than it holds, and leave no core behind.

    What counts is address space, of which an open store reserves much more than it uses. Windows
    has no such limit; macOS has the name, but does not keep to it.
    """
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except OSError:
        pages = 0
    most = pages * resource.getpagesize() + megabytes * 1024 * 1024
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
