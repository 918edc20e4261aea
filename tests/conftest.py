"""Recordings that many tests look at."""

import gc
import signal
import subprocess
import sys
from collections.abc import Callable, Generator, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from shamcrowd.recording.manifest import Manifest
from tests import recordings
from tests.axe import chromium
from tests.longest import by_cost
from tests.recordings import recorded

# A shell that runs the tests in the background has them, and all that they start, ignore Ctrl-C.
signal.signal(signal.SIGINT, signal.default_int_handler)

# How long an example takes says nothing on a machine that does other things as well.
settings.register_profile("suite", parent=settings(), deadline=None)
settings.load_profile("suite")


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """What is collected stays: to look through it for garbage takes a fifth of collecting's time,
    and some of every test's.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


@pytest.hookimpl(wrapper=True)
def pytest_collect_file() -> Generator[None, list[pytest.Collector], list[pytest.Collector]]:
    """Tests hold no examples; to look through each file for them takes long."""
    return [found for found in (yield) if type(found) is pytest.Module]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Of several workers, the first ones free take the files that take longest."""
    if hasattr(config, "workerinput"):
        items.sort(key=lambda item: by_cost(item.nodeid.partition("::")[0]))


@pytest.fixture(scope="session", autouse=True)
def kept_recordings() -> Iterator[None]:
    """At the end, what is kept is as it was: tests change copies only."""
    yield
    recordings.prune()
    assert not recordings.changed(), "a test has changed what others look at"


@pytest.fixture(scope="session")
def quickstart() -> Path:
    """`quickstart-v2`, seed 1, whole."""
    return recorded("quickstart-v2", 1)


@pytest.fixture(scope="session")
def quickstart_manifest(quickstart) -> Manifest:
    return Manifest.read(quickstart)


@pytest.fixture(scope="session")
def small() -> Path:
    """A fifth of it on four shards, where a whole one would take too long."""
    return recorded("quickstart-v2", 3, scale=0.2, settings=["shards=4"])


@pytest.fixture
def axe() -> Callable[[Path], subprocess.CompletedProcess[str]]:
    """What axe-core says of a page; in a process of its own, for its driver keeps an event loop."""
    if chromium() is None:
        pytest.skip("needs Chromium")

    def run(path: Path) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, Path(__file__).with_name("axe.py"), path]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    return run
