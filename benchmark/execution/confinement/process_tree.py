"""A process and all that it started: their memory, their number, and ending them."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

CLOCK_OF_PROCESS = 2
"""``CPUCLOCK_SCHED``: the clock of a process's CPU time (linux/posix-timers.h)."""


def tree(first: int) -> Iterator[int]:
    """Ids of a process and of all below it."""
    waiting = [first]
    while waiting:
        number = waiting.pop()
        yield number
        waiting += _children(number)


def below(parent: int) -> list[int]:
    """Ids of all processes below one, without itself."""
    return [number for number in tree(parent) if number != parent]


def _children(number: int) -> list[int]:
    found: list[int] = []
    with suppress(OSError):
        for thread in Path(f"/proc/{number}/task").iterdir():
            with suppress(OSError):
                found += map(int, (thread / "children").read_text("ascii").split())
    return found


def memory_mib(number: int) -> float:
    """Memory that a process holds for itself or shares with those it started, MiB.

    The kernel's tables of its pages count: they grow with what it maps, even if it holds nothing.
    """
    held = _status(number)
    return (held.get("RssAnon", 0) + held.get("RssShmem", 0) + held.get("VmPTE", 0)) / 1024


def held_mib(numbers: Iterable[int]) -> float:
    """Memory that processes hold together, MiB; what several of them share counts once.

    It takes the kernel longer to count than `memory_mib`. Of one that hides it, all that it holds
    or shares counts.
    """
    total = 0.0
    for number in numbers:
        try:
            text = Path(f"/proc/{number}/smaps_rollup").read_text("ascii", "replace")
        except OSError:
            total += memory_mib(number)
            continue
        sizes = _sizes(text)
        total += (sizes.get("Pss_Anon", 0) + sizes.get("Pss_Shmem", 0)) / 1024
        total += _status(number).get("VmPTE", 0) / 1024
    return total


def open_files(number: int) -> int:
    """How many files and sockets a process has open."""
    place = Path(f"/proc/{number}/fd")
    with suppress(OSError):
        # Linux 6.2 or newer tells it as the folder's size, to everybody.
        return place.stat().st_size or len(os.listdir(place))  # noqa: PTH208
    return 0


def peak_mib(number: int) -> float:
    """Largest resident set of a process so far, MiB."""
    return _status(number).get("VmHWM", 0) / 1024


def _status(number: int) -> dict[str, int]:
    """Sizes in KiB, by name."""
    with suppress(OSError):
        return _sizes(Path(f"/proc/{number}/status").read_text("ascii", "replace"))
    return {}


def _sizes(text: str) -> dict[str, int]:
    """Lines such as ``RssAnon: 1 kB``."""
    named = (line.partition(":") for line in text.splitlines() if line.endswith(" kB"))
    return {name: int(rest.split()[0]) for name, _, rest in named}


def cpu_seconds(number: int) -> float:
    """CPU time of a process and of those of its children that ended."""
    with suppress(OSError, ValueError, IndexError):
        own = time.clock_gettime((~number << 3) | CLOCK_OF_PROCESS)
        text = Path(f"/proc/{number}/stat").read_text("ascii", "replace")
        fields = text.rpartition(")")[2].split()
        return own + (int(fields[13]) + int(fields[14])) / os.sysconf("SC_CLK_TCK")
    return 0.0


def end_all(parent: int) -> None:
    """End every process below this one, which has to be the reaper of orphans."""
    while left := below(parent):
        for number in left:
            with suppress(ProcessLookupError, PermissionError):
                os.kill(number, signal.SIGKILL)
        with suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        time.sleep(0.001)
