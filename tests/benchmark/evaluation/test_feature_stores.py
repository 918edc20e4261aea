"""All detectors of a run share the features; a store that is not sound is made again."""

from __future__ import annotations

import pytest

from shamcrowd.benchmark.evaluation.experiment import Experiment
from shamcrowd.benchmark.evaluation.feature_stores import (
    make_stores,
    stored_features,
    wants_features,
)
from shamcrowd.benchmark.evaluation.plan import TRAINING_SEED, Plan
from shamcrowd.benchmark.evaluation.run_context import RunContext
from shamcrowd.benchmark.scoring.findings_store import SavedFindings
from shamcrowd.detectors.learned.moments import MOMENTS
from shamcrowd.detectors.registry import load_detector

FOREST = "isolation-forest"
HOSTILE = """
from pathlib import Path

import numpy as np

from shamcrowd.detectors.base import Findings
from shamcrowd.detectors.features.accounts import AccountFeatures

RUN = Path({run!r})


def can(work):
    try:
        work()
    except OSError:
        return False
    return True


class Hostile:
    def __init__(self):
        self.features = AccountFeatures()

    def review(self, log):
        self.features.update(log)
        store = RUN / "features" / "seed-1" / "0000.parquet"
        table = RUN / "recordings" / "seed-1" / "accounts.parquet"
        told = [
            can(store.read_bytes) == (str(store.parent) == str(getattr(log, "features", ""))),
            can(lambda: store.open("r+b")), can(store.unlink), can(lambda: table.open("r+b")),
        ]
        ids = self.features.index.ids
        return Findings(ids, np.zeros(len(ids)), reason=[str(told)] * len(ids))
"""


def test_findings_are_the_same_with_and_without(run_copy, again, monkeypatch):
    again(run_copy, [FOREST, "velocity"])
    place = Plan.read(run_copy).findings(run_copy, 1, FOREST)
    shared = SavedFindings.read(place)
    assert stored_features(Plan.read(run_copy), run_copy, 1)
    (place / "findings.json").unlink()
    monkeypatch.setattr(
        "shamcrowd.benchmark.evaluation.stages.make_stores", lambda *args, **options: {}
    )
    again(run_copy, [FOREST, "velocity"])
    alone = SavedFindings.read(place)
    assert shared.score.tobytes() == alone.score.tobytes()
    assert shared.increase_score.tobytes() == alone.increase_score.tobytes()
    assert shared.reason == alone.reason


def test_they_are_made_once_and_again_when_damaged(run_copy, again, heard):
    again(run_copy, [FOREST], listener=heard)
    assert heard.stages["features"] == 2
    plan = Plan.read(run_copy)
    path = plan.features(run_copy, 1) / "0000.parquet"
    held = bytearray(path.read_bytes())
    stamp = path.stat().st_mtime_ns
    make_stores(plan, RunContext(run_copy, Experiment("quickstart-v2", workers=1), heard), [1, 901])
    assert path.stat().st_mtime_ns == stamp
    held[100] ^= 4
    path.write_bytes(held)
    assert stored_features(plan, run_copy, 1) is None
    made = make_stores(
        plan, RunContext(run_copy, Experiment("quickstart-v2", workers=1), heard), [1, 901]
    )
    assert heard.stages["features"] == 1
    assert made == {seed: plan.features(run_copy, seed) for seed in (1, 901)}
    held[100] ^= 4
    assert path.read_bytes() == held


@pytest.mark.parametrize("name", ["boosted-neighbours", "fusion"])
def test_who_learns_reads_them_too_and_learns_the_same(run_copy, again, monkeypatch, name):
    plan = Plan.read(run_copy)
    again(run_copy, [name])
    assert len(list(plan.features(run_copy, TRAINING_SEED).glob("*.parquet"))) == MOMENTS
    place = plan.findings(run_copy, 1, name)
    shared = SavedFindings.read(place)
    (place / "findings.json").unlink()
    monkeypatch.setattr(
        "shamcrowd.benchmark.evaluation.stages.make_stores", lambda *args, **options: {}
    )
    again(run_copy, [name])
    alone = SavedFindings.read(place)
    assert shared.score.any()
    assert shared.score.tobytes() == alone.score.tobytes()
    assert shared.reason == alone.reason


def test_none_are_made_for_those_who_want_none(run_copy, again, heard):
    again(run_copy, ["sign-up-burst"], listener=heard)
    assert "features" not in heard.stages
    assert not (run_copy / "features").exists()


def test_who_wants_them():
    from shamcrowd.detectors.adapters.estimator import estimator
    from shamcrowd.detectors.adapters.river_model import river_model

    wanting = ("isolation-forest", "half-space-trees", "boosted-trees", "fusion")
    assert all(wants_features(load_detector(name)) for name in wanting)
    assert wants_features(estimator(lambda: None))
    assert wants_features(river_model(lambda: None))
    assert not wants_features(load_detector("velocity"))


def test_one_that_cannot_be_made_is_told_and_done_without(run_copy, again, heard):
    (run_copy / "features").write_text("a file where a folder should be")
    scores = again(run_copy, [FOREST], listener=heard)
    assert {d.name: d.status for d in scores.detectors}[FOREST] == "ok"
    assert any(note.startswith("no shared features of seed 1: ") for note in heard.notes)


def test_a_detector_can_read_its_own_and_write_none(run_copy, again, tmp_path):
    from shamcrowd.benchmark.execution.confinement import landlock

    if not landlock.version():
        pytest.skip("this kernel has no Landlock")
    path = tmp_path / "hostile.py"
    path.write_text(HOSTILE.format(run=str(run_copy)))
    again(run_copy, [f"{path}:Hostile"])
    trace = SavedFindings.read(Plan.read(run_copy).findings(run_copy, 1, "hostile"))
    assert set(trace.reason) == {str([True, False, False, False])}
