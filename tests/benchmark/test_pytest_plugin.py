"""A team's own test suite, run as the team would run it."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path

import pytest

from tests.benchmark.conftest import SCENARIO

PLUGIN = "shamcrowd.benchmark.pytest_plugin"
MINE = """
from shamcrowd.detectors.base import Findings


class Mine:
    def review(self, log):
        accounts = log.accounts(["account", "address"])
        score = accounts.groupby("address")["account"].transform("size").astype(float)
        return Findings(accounts["account"].to_numpy(), score.to_numpy(){worse})
"""
WORLD = f'"{SCENARIO}", seeds=[1], calibration_seeds=[901], scale=0.1'
TESTS = f"""
import pytest


@pytest.mark.gate({WORLD}, average_precision=0.02, worst_segment_fpr=1.0)
def test_mine(arena):
    assert arena.judge("mine.py:Mine").status == "ok"


@pytest.mark.gate({WORLD}, average_precision=0.999)
def test_too_much(arena):
    arena.judge("mine.py:Mine")


@pytest.mark.gate({WORLD}, avrage_precision=0.5)
def test_misspelt(arena):
    arena.judge("mine.py:Mine")


@pytest.mark.gate({WORLD})
def test_no_bound(arena):
    arena.judge("mine.py:Mine")


def test_not_marked(arena):
    arena.judge("mine.py:Mine")


def test_no_baseline(arena):
    arena.check("nowhere.json")


@pytest.mark.gate({WORLD}, average_precision="high")
def test_no_number(arena):
    arena.judge("mine.py:Mine")


@pytest.mark.gate("quickstart-v2", seeds="1-3", average_precision=0.5)
def test_no_seeds(arena):
    arena.judge("mine.py:Mine")


@pytest.mark.gate("quickstart-v9", average_precision=0.5)
def test_no_world(arena):
    arena.judge("mine.py:Mine")


@pytest.mark.gate({WORLD}, average_precision=0.5)
def test_no_detector(arena):
    arena.judge("nobody.py:Nobody")
"""
WRONG = (
    "misspelt", "no_bound", "not_marked", "no_baseline", "no_number", "no_seeds", "no_world",
    "no_detector",
)  # fmt: skip


def run(folder, *arguments):
    installed = "shamcrowd" in {e.name for e in entry_points(group="pytest11")}
    plugin = () if installed else ("-p", PLUGIN)
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "no:xdist", *plugin]
    home = Path(__file__).parents[2]
    # Not as a worker of the run that plays this test: those measure no times.
    plain = {k: v for k, v in os.environ.items() if not k.startswith("PYTEST_XDIST")}
    environment = {**plain, "PYTHONPATH": str(home)}
    return subprocess.run(
        [*command, *map(str, arguments)], cwd=folder, capture_output=True, text=True,
        env=environment,
    )  # fmt: skip


@pytest.fixture(scope="module")
def team(tmp_path_factory):
    folder = tmp_path_factory.mktemp("team")
    (folder / "pytest.ini").write_text("[pytest]\naddopts = --strict-markers\n")
    (folder / "mine.py").write_text(MINE.replace("{worse}", ""))
    (folder / "test_gate.py").write_text(TESTS)
    return folder


def test_bounds_are_kept_or_the_test_fails(team):
    done = run(team, "-q", "-rA", "--shamcrowd-cache", team / "cache")
    said = done.stdout
    assert done.returncode == 1, said + done.stderr
    assert "PASSED test_gate.py::test_mine" in said
    assert "mine on twice-a-day, seeds 1: average_precision is 0." in said
    assert "must be at least 0.999" in said
    assert "did you mean average_precision?" in said
    assert "no bound, so nothing could fail" in said
    assert "mark the test with its world" in said
    assert "no baseline here" in said
    # Only what the detector did not reach is a failure; a wrong call is an error.
    assert "FAILED test_gate.py::test_too_much" in said
    for name in WRONG:
        assert f"ERROR test_gate.py::test_{name}" in said, said
    assert f"1 failed, 1 passed, {len(WRONG)} errors" in said


SPEED = f"""
import pytest


@pytest.mark.gate({WORLD})
def test_speed(benchmark, arena):
    benchmark.pedantic(arena.reviewing("mine.py:Mine"), rounds=3)
"""


def test_a_detector_that_became_slow_fails(team, tmp_path):
    (tmp_path / "test_speed.py").write_text(SPEED)
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    mine = tmp_path / "mine.py"
    mine.write_text(MINE.replace("{worse}", ""))
    cache = ("--shamcrowd-cache", team / "cache")
    done = run(tmp_path, "-q", "--benchmark-autosave", *cache)
    assert done.returncode == 0, done.stdout + done.stderr
    pause = "time.sleep(0.03)\n        accounts = log"
    slow = MINE.replace("{worse}", "").replace("accounts = log", pause)
    mine.write_text("import time\n" + slow)
    compare = ("--benchmark-compare", "--benchmark-compare-fail=min:100%")
    done = run(tmp_path, "-q", *compare, *cache)
    assert done.returncode != 0
    assert "Performance has regressed" in done.stdout + done.stderr


def test_who_does_not_ask_pays_nothing(tmp_path):
    (tmp_path / "test_plain.py").write_text(
        "import sys\n\n\ndef test_plain():\n    assert 'pandas' not in sys.modules\n"
    )
    done = run(tmp_path, "-q")
    assert done.returncode == 0, done.stdout + done.stderr


def test_it_is_declared():
    text = (Path(__file__).parents[2] / "pyproject.toml").read_text()
    assert f'[project.entry-points.pytest11]\nshamcrowd = "{PLUGIN}"' in text
