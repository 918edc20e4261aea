"""The board in the README is what ``shamcrowd demo`` shows.

After a change of figures: run ``make demo`` and paste what it prints.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

README = Path(__file__).parents[2] / "README.md"
NEAR = 0.05
"""Figures may differ a little from one processor to another."""


def _lines(text: str) -> list[list[str]]:
    start = text.index("Two weeks, two campaigns")
    lines = text[start : text.index("Next: open", start)].splitlines()
    # How detectors are sealed off depends on the machine.
    return [line.split() for line in lines if not line.startswith("Detectors were")]


@pytest.fixture(scope="module")
def shown(tmp_path_factory) -> str:
    out = tmp_path_factory.mktemp("demo") / "demo"
    done = subprocess.run(
        [Path(sys.executable).with_name("shamcrowd"), "demo", "--out", out],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout


def test_the_board(shown):
    told, now = _lines(README.read_text("utf-8")), _lines(shown)
    assert len(told) == len(now)
    for said, real in zip(told, now, strict=True):
        assert len(said) == len(real), real
        for one, other in zip(said, real, strict=True):
            try:
                figures = float(one), float(other)
            except ValueError:
                assert one == other, real
                continue
            assert figures[0] == pytest.approx(figures[1], abs=NEAR, rel=NEAR), real
