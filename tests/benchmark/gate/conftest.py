"""A small world, a team's suite in it, and what its detectors reach there."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from shamcrowd.benchmark.execution.cache import Cache
from shamcrowd.benchmark.execution.engines.local_engine import LocalEngine
from shamcrowd.benchmark.gate.check import check
from tests.recordings import fill

SUITE = """
schema: 1
title: A team's own
seeds: 1-5
calibration_seeds: [901]
scale: 0.15
scenarios: [quickstart-v2]
detectors: ["lab.py:Crowd"]
"""


@pytest.fixture(scope="session")
def gate_cache(tmp_path_factory) -> Cache:
    """Kept for all tests of the gate: each recording is made once."""
    cache = Cache(tmp_path_factory.mktemp("gate") / "cache")
    fill(cache, "quickstart-v2", (1, 2, 3, 4, 5, 901), scale=0.15)
    return cache


@pytest.fixture
def team(tmp_path) -> Path:
    """A team's folder: its detector and its suite."""
    shutil.copy(Path(__file__).with_name("lab.py"), tmp_path / "lab.py")
    (tmp_path / "team.yaml").write_text(SUITE)
    return tmp_path


@pytest.fixture
def gate(team, gate_cache):
    """Runs a check in the team's folder."""

    def run(**options):
        given = {"suite": str(team / "team.yaml"), "cache": gate_cache, "engine": LocalEngine(2)}
        out = team / "results"
        return check(team / "baseline.json", out=out, **{**given, **options})

    return run
