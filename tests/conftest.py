"""Recordings that many tests look at; each is made once a session."""

import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from shamcrowd.recording.manifest import Manifest
from shamcrowd.simulator import simulate
from tests.axe import chromium

# A shell that runs the tests in the background has them, and all that they start, ignore Ctrl-C.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def quickstart(tmp_path_factory) -> Path:
    """`quickstart-v1`, seed 1, whole."""
    folder = tmp_path_factory.mktemp("quickstart") / "recording"
    simulate("quickstart-v1", 1, folder)
    return folder


@pytest.fixture(scope="session")
def quickstart_manifest(quickstart) -> Manifest:
    return Manifest.read(quickstart)


@pytest.fixture(scope="session")
def small(tmp_path_factory) -> Path:
    """A fifth of it on four shards, where a whole one would take too long."""
    folder = tmp_path_factory.mktemp("small") / "recording"
    simulate("quickstart-v1", 3, folder, scale=0.2, settings=["shards=4"])
    return folder


@pytest.fixture
def axe() -> Callable[[Path], subprocess.CompletedProcess[str]]:
    """What axe-core says of a page; in a process of its own, for its driver keeps an event loop."""
    if chromium() is None:
        pytest.skip("needs Chromium")

    def run(path: Path) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, Path(__file__).with_name("axe.py"), path]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    return run
