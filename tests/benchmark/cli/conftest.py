"""A command line as a user would see it: exit code, output, error stream."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from shamcrowd.benchmark.cli.entry import run


@dataclass(frozen=True)
class Said:
    """What one command gave."""

    code: int
    out: str
    err: str


@pytest.fixture
def call(capsys):
    """Runs a command line in this process."""

    def do(*arguments: object) -> Said:
        capsys.readouterr()
        code = run([str(a) for a in arguments])
        captured = capsys.readouterr()
        return Said(code, captured.out, captured.err)

    return do


@pytest.fixture(scope="session")
def script() -> str:
    """The installed console script."""
    return str(Path(sys.executable).with_name("shamcrowd"))
