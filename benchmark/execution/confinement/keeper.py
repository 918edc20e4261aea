"""Keeps one confined process: starts it, measures all of it, and ends all of it.

It is forked from the server for each plug-in's process, and takes orders of the benchmark over a
socket of its own that no plug-in holds. When that pipe closes, everything below it is ended.
"""

from __future__ import annotations

import ctypes
import json
import os
import select
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from shamcrowd.benchmark.execution.confinement import namespaces, process_tree
from shamcrowd.benchmark.execution.confinement.limits import PROCESSES
from shamcrowd.benchmark.execution.confinement.messages import Channel, ClosedError

SUBREAPER = 36
MEASURED_EVERY = 0.2
"""Seconds between two measurements of memory and number of processes."""
PRINTED = 1 << 14
"""Characters kept of what a plug-in prints: the last ones."""
MOST_ORDER = 1 << 22
SCRATCH_ENTRIES = 100_000
DESCRIPTORS = 8192
"""Files and sockets that all processes of a plug-in may have open: each socket can hold memory of
the kernel, about 200 KB, that is nobody's (assumed)."""

Confined = Callable[[dict[str, Any], int, bool], None]
"""What runs in the confined process: its order, its descriptor, whether it is in namespaces."""


def keep(order_from: Channel, data: int, run: Confined) -> None:
    """Start a confined process and stay until it and all that it started has ended."""
    os.setsid()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    ctypes.CDLL(None).prctl(SUBREAPER, 1, 0, 0, 0)
    head, body = order_from.receive(MOST_ORDER)
    order = {**head, **json.loads(bytes(body))}
    isolated = namespaces_wanted(order)
    if isolated:
        namespaces.enter()
    printed, end = os.pipe()
    child = os.fork()
    if not child:
        code = 1
        try:
            order_from.close()
            os.close(printed)
            for number in (1, 2):
                os.dup2(end, number)
            run(order, data, isolated)
            code = 0
        except SystemExit as left:
            code = left.code if isinstance(left.code, int) else int(left.code is not None)
        except BaseException:
            import traceback

            traceback.print_exc()
        finally:
            os._exit(code)
    os.close(end)
    os.close(data)
    _Keeping(order_from, order, child, printed).until_the_end()


def namespaces_wanted(order: dict[str, Any]) -> bool:
    """Whether this order's process gets namespaces of its own."""
    return bool(order.get("namespaces", True)) and namespaces.offered()


class _Keeping:
    def __init__(self, orders: Channel, order: dict[str, Any], child: int, printed: int) -> None:
        self._orders, self._child, self._printed = orders, child, printed
        self._memory_mib = int(order["memory_mib"])
        self._scratch, self._scratch_mib = Path(order["scratch"]), int(order["scratch_mib"])
        self._said = bytearray()
        self._peak = 0.0
        self._why = ""
        self._seconds = 0.0
        # What it shares with the process that it was forked from.
        self._base = process_tree.memory_mib(child)

    def until_the_end(self) -> None:
        poll, ended = select.poll(), os.pidfd_open(self._child)
        for number in (self._orders.socket.fileno(), ended, self._printed):
            poll.register(number, select.POLLIN)
        measured, code = 0.0, None
        while code is None:
            ready = {number for number, _ in poll.poll(MEASURED_EVERY * 1000)}
            if self._printed in ready and not self._read():
                poll.unregister(self._printed)
            if time.monotonic() - measured > MEASURED_EVERY:
                self._measure()
                measured = time.monotonic()
            asked = self._orders.socket.fileno() in ready
            if ended in ready or self._why or (asked and not self._answer()):
                code = self._end()
        os.close(ended)

    def _answer(self) -> bool:
        """Answer a question of the benchmark; False if it asks for the end, or has gone."""
        try:
            head, _ = self._orders.receive(0)
        except ClosedError:
            return False
        if head.get("ask") != "usage":
            return False
        self._measure()
        self._tell({})
        return True

    def _end(self) -> int:
        """End all processes and tell how it came."""
        self._count_seconds(self._all())
        self._peak = max(self._peak, process_tree.peak_mib(self._child))
        with suppress(ProcessLookupError):
            os.kill(self._child, signal.SIGKILL) if not _is_over(self._child) else None
        _, status, used = os.wait4(self._child, 0)
        process_tree.end_all(os.getpid())
        os.set_blocking(self._printed, False)
        with suppress(BlockingIOError):
            while self._read():
                pass
        peak = max(self._peak, used.ru_maxrss / 1024)
        seconds = max(self._seconds, used.ru_utime + used.ru_stime)
        code = os.waitstatus_to_exitcode(status)
        self._tell({"ended": code, "why": self._why, "seconds": seconds, "peak_mib": peak})
        return code

    def _tell(self, more: dict[str, Any]) -> None:
        usage = {
            "seconds": max(self._seconds, process_tree.cpu_seconds(self._child)),
            "peak_mib": max(self._peak, process_tree.peak_mib(self._child)),
            "printed": self._said.decode("utf-8", "replace"),
        }
        with suppress(ClosedError):
            self._orders.send({**usage, **more})

    def _all(self) -> list[int]:
        """All its processes, those too that were left behind by one that ended."""
        return process_tree.below(os.getpid())

    def _measure(self) -> None:
        numbers = self._all()
        self._count_seconds(numbers)
        held = sum(map(process_tree.memory_mib, numbers))
        if held > self._memory_mib:
            # What they share was counted for each.
            held = process_tree.held_mib(numbers)
        if len(numbers) > 1:
            self._peak = max(self._peak, held)
        if held > self._memory_mib + self._base:
            self._why = "memory"
        elif len(numbers) > PROCESSES:
            self._why = "processes"
        elif sum(map(process_tree.open_files, numbers)) > DESCRIPTORS:
            self._why = "open files"
        elif self._holds_too_much():
            self._why = "files"

    def _count_seconds(self, numbers: list[int]) -> None:
        """Note the CPU time of all that are there: of a child that nobody waits for, too."""
        self._seconds = max(self._seconds, sum(map(process_tree.cpu_seconds, numbers)))

    def _holds_too_much(self) -> bool:
        """Whether the scratch folder is over its size, where no file system limits it.

        A folder that cannot be looked into, as it is too deep or closed, may hold anything.
        """
        size = 0
        closed: list[OSError] = []
        walk = os.walk(self._scratch, onerror=closed.append)
        for number, (folder, _, files) in enumerate(walk):
            if number + len(files) > SCRATCH_ENTRIES:
                return True
            for name in files:
                with suppress(OSError):
                    size += os.lstat(os.path.join(folder, name)).st_blocks * 512  # noqa: PTH118
        hidden = any(not isinstance(fault, FileNotFoundError) for fault in closed)
        return hidden or size > self._scratch_mib * 2**20

    def _read(self) -> bool:
        piece = os.read(self._printed, 1 << 16)
        self._said += piece
        del self._said[:-PRINTED]
        return bool(piece)


def _is_over(number: int) -> bool:
    return bool(os.waitid(os.P_PID, number, os.WEXITED | os.WNOHANG | os.WNOWAIT))
