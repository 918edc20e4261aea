"""The server that plug-ins' processes are forked from: a fresh interpreter that knows nothing.

It is started with ``python -I``, an environment without secrets and no descriptor but two, before
it is known what will be judged. It loads libraries once, and forks a keeper for each request. A
request is one datagram with two descriptors: the channel of the keeper, and that of the plug-in.
Another datagram names libraries to load for the processes to come.
"""

from __future__ import annotations

import gc
import importlib
import os
import signal
import socket
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

REQUEST = b"start"
LOAD = b"load "
"""Begins a datagram that names libraries, with commas between them."""
LONGEST = 4096
"""Bytes of a datagram."""
LIBRARIES = (
    "numpy", "pandas", "pyarrow.parquet", "pyarrow.compute", "cloudpickle",
    "shamcrowd.detectors.registry", "shamcrowd.detectors.features.store",
    "shamcrowd.detectors.learned.trees", "shamcrowd.recording.samples",
)  # fmt: skip


def serve(number: int, libraries: Sequence[str]) -> None:
    """Serve requests from the socket with this descriptor until its other end is closed."""
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    gc.disable()
    _load([*LIBRARIES, *libraries])
    from shamcrowd.benchmark.execution.confinement import allowed, keeper, namespaces
    from shamcrowd.benchmark.execution.confinement.messages import Channel
    from shamcrowd.benchmark.execution.confinement.runner import run_confined

    # Found out once for all.
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    allowed.interpreter(namespaces.offered())
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    # What is loaded now stays: nothing of it needs to be looked through, here or in a process.
    gc.freeze()
    gc.enable()
    with socket.socket(fileno=number) as requests:
        while True:
            said, descriptors, _, _ = socket.recv_fds(requests, LONGEST, 2)
            if not said:
                return
            if said.startswith(LOAD):
                _load(said[len(LOAD) :].decode().split(","))
                gc.freeze()
            if len(descriptors) == 2 and not os.fork():
                requests.close()
                orders, data = descriptors
                with suppress(BaseException):
                    keeper.keep(Channel(socket.socket(fileno=orders)), data, run_confined)
                os._exit(0)
            for descriptor in descriptors:
                os.close(descriptor)


def _load(names: Sequence[str]) -> None:
    for name in names:
        # One that is missing or broken is a fault of the plug-in that needs it.
        with suppress(Exception):
            importlib.import_module(name)


def serve_one(data: int, order: dict[str, Any]) -> None:
    """Be the one plug-in's process itself, where there is no server: not on Linux."""
    from shamcrowd.benchmark.execution.confinement.runner import run_plugin

    run_plugin(order, data)
    sys.exit(0)
