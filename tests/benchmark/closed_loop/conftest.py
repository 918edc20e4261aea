"""Closed loops that several tests look at."""

from __future__ import annotations

import pickle
import shutil
import textwrap

import pytest

from shamcrowd.benchmark.closed_loop.run import evaluate_in_the_loop
from shamcrowd.benchmark.evaluation.experiment import Experiment
from tests.benchmark.conftest import SCALE, SCENARIO
from tests.recordings import kept

BROKEN = '''
import os
import time
from pathlib import Path

import numpy as np

from shamcrowd.detectors.base import Findings


class Quiet:
    """Alerts about nobody, at a score that tells."""

    def __init__(self):
        self.reviews = 0

    def review(self, log):
        self.reviews += 1
        ids = log.accounts(["account"])["account"].to_numpy()
        return Findings(ids, np.zeros(len(ids)))


def in_the_loop(log):
    """Else they would fail in the open loop before."""
    return log._source.live


class Late(Quiet):
    """Fails at the ninth review: days into the run."""

    def review(self, log):
        if self.reviews == 8 and in_the_loop(log):
            return self.deeper()
        return super().review(log)

    def deeper(self):
        raise LookupError("no such thing")  # here


class Dies(Quiet):
    def review(self, log):
        if self.reviews == 2 and in_the_loop(log):
            os._exit(7)
        return super().review(log)


class Slow(Quiet):
    def review(self, log):
        if self.reviews == 1 and in_the_loop(log):
            time.sleep(60)
        return super().review(log)


class Pries(Quiet):
    """Looks for the truth in every place that it can think of."""

    def review(self, log):
        found = []
        for root in ROOTS:
            for name in ("truth/accounts.parquet", "manifest.json", "truth/requests"):
                try:
                    path = Path(root) / name
                    found.append(path.read_bytes() if path.is_file() else list(path.iterdir()))
                except OSError:
                    continue
        if found:
            raise RuntimeError("the truth lies open")
        return super().review(log)
'''


@pytest.fixture(scope="session")
def instant(small_run):
    """Two seeds of the small run under `instant`: the folder, and the board."""

    def make(home):
        _, board = evaluate_in_the_loop(
            Experiment(SCENARIO, seeds=(1, 2), scale=SCALE, workers=2), ["shared-resources"],
            out=shutil.copytree(small_run.folder, home / "run"), response="instant",
        )  # fmt: skip
        (home / "board.pickle").write_bytes(pickle.dumps(board))

    # The small run's folder is named by all that it depends on.
    home = kept("runs", {"instant": str(small_run.folder)}, make)
    return home / "run", pickle.loads((home / "board.pickle").read_bytes())


@pytest.fixture
def looped(instant, tmp_path):
    """Plays detectors in the loop on the first seed, where those of `instant` have been played."""

    def play(detectors, response="instant", **options):
        folder = tmp_path / "run"
        if not folder.exists():
            shutil.copytree(instant[0], folder)
        options = {"seeds": (1,), "scale": SCALE, "workers": 2, **options}
        _, board = evaluate_in_the_loop(
            Experiment(SCENARIO, **options), detectors, out=folder, response=response
        )
        return folder, {d.name: d for d in board.detectors}

    return play


@pytest.fixture
def broken(tmp_path):
    """A file of detectors that fail inside the run."""
    path = tmp_path / "broken.py"
    roots = [str(tmp_path / "run/loop/instant/pries/seed-1.partial"),
             str(tmp_path / "run/recordings/seed-1")]  # fmt: skip
    path.write_text(textwrap.dedent(BROKEN) + f"\n\nROOTS = {roots!r}\n", "utf-8")
    return path
