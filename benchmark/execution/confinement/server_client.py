"""Starts the server of plug-ins' processes, and asks it for them."""

from __future__ import annotations

import atexit
import json
import socket
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from shamcrowd.benchmark.execution.confinement.allowed import own_package
from shamcrowd.benchmark.execution.confinement.limits import kept_environment
from shamcrowd.benchmark.execution.confinement.server import LOAD, REQUEST

HAS_SERVER = sys.platform == "linux"
BEGIN = (
    "import sys, json; o = json.loads(sys.stdin.readline()); sys.path += o['path']; "
    "from shamcrowd.benchmark.execution.confinement.server import {0}; {0}(*o['arguments'])"
)
"""What a fresh interpreter is given to run; all else comes by its standard input."""
_server: socket.socket | None = None
_loaded: set[str] = set()
"""Libraries that this process has had the server load."""
_lock = threading.Lock()


def server(libraries: Sequence[str] = ()) -> socket.socket | None:
    """The server of this process and those it starts, started if there is none; None: no Linux.

    Args:
        libraries: modules that the processes to come begin with as well.
    """
    global _server
    with _lock:
        lacking = [name for name in libraries if name not in _loaded]
        if _server is not None and lacking:
            try:
                _server.send(LOAD + ",".join(lacking).encode())
            except OSError:
                # It was killed.
                forget()
        if _server is None and HAS_SERVER:
            lacking = list(libraries)
            ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            with theirs:
                process = _fresh("serve", [theirs.fileno(), list(libraries)], theirs)
            # It ends when the last that holds this socket has ended; nobody waits for it.
            process.returncode = 0
            _server = ours
            atexit.register(ours.close)
        _loaded.update(lacking)
        return _server


def inherit(held: socket.socket | None) -> None:
    """Use the server of the process that started this one."""
    forget()
    global _server
    _server = held


def forget() -> None:
    """Use the server no longer, as it has ended; the next that asks starts another."""
    global _server
    if _server is not None:
        _server.close()
    _server = None
    _loaded.clear()


def started() -> socket.socket | None:
    """The server, if there is one by now."""
    return _server


def request(held: socket.socket) -> tuple[socket.socket, socket.socket]:
    """Ask a server for a process: the channel of its keeper, and that of the plug-in."""
    orders, keeper = socket.socketpair()
    data, plugin = socket.socketpair()
    with keeper, plugin:
        try:
            socket.send_fds(held, [REQUEST], [keeper.fileno(), plugin.fileno()])
        except OSError:
            orders.close()
            data.close()
            raise
    return orders, data


def open_channels() -> tuple[socket.socket, socket.socket] | None:
    """The channels of a new process, see `request`; None where there is no server."""
    held = server()
    if held is None:
        return None
    try:
        return request(held)
    except OSError:
        # It was killed, perhaps because memory ran out: another is started.
        forget()
        held = server()
        return None if held is None else request(held)


def start_alone(order: dict[str, Any]) -> tuple[subprocess.Popen[str], socket.socket]:
    """Start a process without a server: a fresh interpreter that is not confined."""
    data, plugin = socket.socketpair()
    with plugin:
        try:
            return _fresh("serve_one", [plugin.fileno(), order], plugin), data
        except BaseException:
            data.close()
            raise


def _fresh(function: str, arguments: list[Any], passed: socket.socket) -> subprocess.Popen[str]:
    options: dict[str, Any] = {}
    if sys.platform == "win32":
        options = {"close_fds": False}
        passed.set_inheritable(True)
    else:
        options = {"pass_fds": [passed.fileno()], "start_new_session": True}
    alone = function == "serve_one"
    process = subprocess.Popen(
        [sys.executable, "-I", "-c", BEGIN.format(function)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE if alone else subprocess.DEVNULL,
        stderr=subprocess.STDOUT if alone else None,
        env=kept_environment(), text=True, errors="replace", **options,
    )  # fmt: skip
    assert process.stdin is not None
    process.stdin.write(json.dumps({"path": packages_path(), "arguments": arguments}) + "\n")
    process.stdin.close()
    return process


def packages_path() -> list[str]:
    """Where this package and others lie; not the caller's folder, which may hold a `numpy.py`."""
    own = str(own_package()[0].parent)
    installed = [p for p in sys.path if Path(p).name in ("site-packages", "dist-packages")]
    return list(dict.fromkeys([*installed, own]))


def callers_path() -> list[str]:
    """The whole path on which the caller finds modules, for those of a plug-in."""
    return [str(Path(entry or ".").absolute()) for entry in sys.path]
