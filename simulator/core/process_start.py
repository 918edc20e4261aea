"""Starting worker processes safely from any script; an interrupt waits until they have started."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
import threading
import types
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

SAFE_PATH = "PYTHONSAFEPATH"


@cache
def process_context() -> Any:
    """Multiprocessing's context for all processes: the fork server, or spawn where there is none.

    The fork server loads libraries once for all processes (Linux, macOS); Windows starts each
    process from nothing.

    >>> process_context().get_start_method() in ("forkserver", "spawn")
    True
    """
    there = "forkserver" in multiprocessing.get_all_start_methods()
    return multiprocessing.get_context("forkserver" if there else "spawn")


def preload(modules: Sequence[str], start: bool = False) -> None:
    """Have the fork server import ``modules`` before its first process; without one do nothing.

    Args:
        modules: names of modules.
        start: start the server now, so that it loads while the caller goes on.
    """
    context = process_context()
    if context.get_start_method() != "forkserver":
        return
    context.set_forkserver_preload(list(modules))
    if start:
        from multiprocessing import forkserver

        with starting():
            forkserver.ensure_running()


@contextlib.contextmanager
def starting() -> Iterator[None]:
    """Context in which processes can be started without running the caller's script again.

    Multiprocessing would run it, so scripts would need an ``if __name__ == "__main__"`` guard.
    Ctrl-C is deferred to the end of the block: multiprocessing's fork server prints a traceback if
    it is interrupted while it loads, or if its client exits before it has sent the request. Record
    the processes inside the block, so that they can be ended after an interrupt.

    >>> with starting():
    ...     hasattr(sys.modules["__main__"], "__file__")
    False
    """
    main = sys.modules["__main__"]
    with own_modules(), _deferred(), _blocked():
        sys.modules["__main__"] = types.ModuleType("__main__")
        try:
            yield
        finally:
            sys.modules["__main__"] = main


@contextlib.contextmanager
def own_modules() -> Iterator[None]:
    """Interpreters that are started in the block take no module from the working folder.

    Python looks there first when it is started as multiprocessing does it. A plug-in's folder may
    hold a ``numpy.py``, which would run outside of any confinement.
    """
    before = os.environ.get(SAFE_PATH)
    os.environ[SAFE_PATH] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[SAFE_PATH]
        else:
            os.environ[SAFE_PATH] = before


@contextlib.contextmanager
def _deferred() -> Iterator[None]:
    """An interrupt of this process is raised when the block is left."""
    # Only the main thread is interrupted, and only it may set signal handlers.
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    noted: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, frame: noted.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
        if noted:
            signal.raise_signal(signal.SIGINT)


@contextlib.contextmanager
def _blocked() -> Iterator[None]:
    """Processes started inside ignore interrupts; the process that starts them ends them."""
    if not hasattr(signal, "pthread_sigmask"):
        # Windows: a new process gets no interrupt of its own before it ignores them.
        yield
        return
    from multiprocessing import resource_tracker

    # Starting it would unblock the signal again.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
