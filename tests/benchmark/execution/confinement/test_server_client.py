"""The server of processes: one that was killed is replaced, and no socket is left open."""

from __future__ import annotations

import gc
import os
import signal
import sys
import warnings
from pathlib import Path

import pytest

from shamcrowd.benchmark.execution.confinement import server_client

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="there are servers on Linux only")


def _children():
    found = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(fields[1]) == os.getpid():
            found.add(int(stat.parent.name))
    return found


@pytest.fixture
def own_server(monkeypatch):
    """A server of this test alone; the number of its process."""
    monkeypatch.setattr(server_client, "_server", None)
    before = _children()
    server_client.server()
    (number,) = _children() - before
    yield number
    server_client.forget()


def test_one_that_was_killed_is_replaced(own_server, spies):
    assert spies("return 'one'") == "one"
    os.kill(own_server, signal.SIGKILL)
    os.waitpid(own_server, 0)
    assert spies("return 'two'") == "two"


def test_libraries_that_are_named_later_are_loaded(own_server, spies):
    here = "import sys\nreturn str(sorted({'colorsys', 'wave'} & set(sys.modules)))"
    assert spies(here) == "[]"
    server_client.server(["colorsys", "no_such_module"])
    assert spies(here) == "['colorsys']"
    os.kill(own_server, signal.SIGKILL)
    os.waitpid(own_server, 0)
    # Another one starts, with what is named now.
    server_client.server(["wave"])
    assert spies(here) == "['wave']"


def test_no_socket_is_left_open(own_server, spies, monkeypatch):
    with warnings.catch_warnings():
        warnings.simplefilter("error", ResourceWarning)
        faults = []
        monkeypatch.setattr(sys, "unraisablehook", faults.append)
        spies("return 'one'")
        os.kill(own_server, signal.SIGKILL)
        os.waitpid(own_server, 0)
        held = server_client.started()
        assert held is not None
        with pytest.raises(ConnectionError):
            server_client.request(held)
        spies("return 'two'")
        gc.collect()
    assert [str(one.exc_value) for one in faults] == []
