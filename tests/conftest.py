"""Recordings that many tests look at; each is made once a session."""

import signal
from pathlib import Path

import pytest

from recording.manifest import Manifest
from simulator import simulate

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
