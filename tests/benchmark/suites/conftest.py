"""A suite that takes seconds, and a bench of it that nobody may change."""

from __future__ import annotations

import pickle
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from shamcrowd.benchmark.execution.cache import Cache
from shamcrowd.benchmark.execution.engines.local_engine import LocalEngine
from shamcrowd.benchmark.suites.bench import bench
from shamcrowd.benchmark.suites.progress import BenchListener
from shamcrowd.benchmark.suites.result import SuiteResult
from tests.recordings import kept

SUITE = """
schema: 1
title: Seconds
seeds: 1-2
calibration_seeds: [901]
scale: 0.1
settings: [reviews=12h]
scenarios: [busy.yaml, calm.yaml]
detectors: [velocity, mine.py:Busy]
"""
WEEK = """
schema: 1
extends: %s
horizon: 7d
releases: []
"""
WORLDS = {
    "busy": WEEK
    % "quickstart-v2"
    + "prior:\n  starts: {of: campaigns.*.start, times: [0.5, 1.0]}\n"
    "campaigns:\n  hydra: {duration: 5d}\n  credit-farm: {start: 3d, duration: 3d, burst: 4h}\n",
    "calm": WEEK % "calm-v2",
}
MINE = """
from shamcrowd.detectors.base import Findings


class Busy:
    def review(self, log):
        accounts = log.accounts(["account"])
        busy = log.requests(["account"]).value_counts("account")
        score = accounts["account"].map(busy).fillna(0.0)
        return Findings(accounts["account"].to_numpy(), score.to_numpy(float))
"""


@dataclass
class NotedBench(BenchListener):
    """Writes down what it hears."""

    def __post_init__(self):
        self.notes, self.lines, self.begun = [], [], []

    def note(self, text):
        self.notes.append(text)

    def scenario(self, number, name):
        self.begun.append((number, name))

    def played(self, played):
        self.lines.append(played)


def write_suite(folder: Path, text: str = SUITE, mine: str = MINE) -> str:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "mine.py").write_text(mine)
    for name, world in WORLDS.items():
        (folder / f"{name}.yaml").write_text(world)
    path = folder / "seconds.yaml"
    path.write_text(text)
    return str(path)


@dataclass(frozen=True)
class Benched:
    suite: str
    out: Path
    cache: Path
    result: SuiteResult


@pytest.fixture(scope="session")
def first_bench() -> Benched:
    """What was benched once."""

    def make(home: Path) -> None:
        suite = write_suite(home / "team")
        result = bench(suite, out=home / "out", cache=Cache(home / "cache"), engine=LocalEngine(2))
        (home / "result.pickle").write_bytes(pickle.dumps(result))

    home = kept("runs", {"bench": [SUITE, WORLDS, MINE]}, make)
    result = pickle.loads((home / "result.pickle").read_bytes())
    return Benched(str(home / "team" / "seconds.yaml"), home / "out", home / "cache", result)


@pytest.fixture
def benched(first_bench, tmp_path) -> Benched:
    """A copy of it, to be changed at will; its results still point into the first cache."""
    shutil.copytree(first_bench.cache, tmp_path / "cache")
    shutil.copytree(first_bench.out, tmp_path / "out", symlinks=True)
    suite = write_suite(tmp_path / "team")
    return Benched(suite, tmp_path / "out", tmp_path / "cache", first_bench.result)


@pytest.fixture
def told() -> NotedBench:
    """A listener that remembers."""
    return NotedBench()
