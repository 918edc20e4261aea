"""Writes small recordings to folders."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.benchmark.world_checks.small_recording import SmallRecording, small_recording


@pytest.fixture(scope="session")
def write_small(tmp_path_factory: pytest.TempPathFactory) -> Callable[[SmallRecording], Path]:
    """Writes a small recording to a folder of its own."""

    def write(made: SmallRecording) -> Path:
        return made.write(tmp_path_factory.mktemp("small") / "recording")

    return write


@pytest.fixture(scope="session")
def clean(write_small: Callable[[SmallRecording], Path]) -> Path:
    """A recording in which nothing gives sham accounts away."""
    return write_small(small_recording())
