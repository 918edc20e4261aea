"""A detector that learns is fitted once for all recordings, and that alone is done again."""

from __future__ import annotations

import shutil

import pytest

from shamcrowd.benchmark.evaluation.fitted_note import PACKED, FittedNote
from shamcrowd.benchmark.evaluation.plan import Plan
from shamcrowd.benchmark.execution.cache import Cache
from shamcrowd.benchmark.scoring.findings_store import SavedFindings

LEARNER = """
import threading
import time

import numpy as np

from shamcrowd.detectors.base import Findings

class Lesson:
    def __init__(self):
        self.number = time.time_ns()


class Pupil:
    def fit(self, log, labels):
        self.lesson = Lesson()

    def review(self, log):
        ids = log.accounts(["account"])["account"].to_numpy()
        return Findings(ids, np.full(len(ids), float(self.lesson.number)))


class Clinging(Pupil):
    def __init__(self):
        self.lock = threading.Lock()


class Lazy(Pupil):
    def fit(self, log, labels):
        raise ValueError("too much to learn")
"""


@pytest.fixture
def pupil(tmp_path):
    path = tmp_path / "code/pupil.py"
    path.parent.mkdir()
    path.write_text(LEARNER)
    return path


def lessons(folder, name):
    """The lesson that each seed's findings come of."""
    plan = Plan.read(folder)
    seeds = (1, *plan.calibration_seeds)
    saved = [SavedFindings.read(plan.findings(folder, s, name)) for s in seeds]
    return [float(one.score.max()) for one in saved]


def test_one_lesson_for_all_recordings_and_none_the_second_time(run_copy, again, pupil, heard):
    again(run_copy, [f"{pupil}:Pupil"], listener=heard)
    assert heard.stages["fitting"] == 1
    first = set(lessons(run_copy, "pupil"))
    assert len(first) == 1
    heard.stages.clear()
    plan = Plan.read(run_copy)
    (plan.findings(run_copy, 1, "pupil") / "findings.json").unlink()
    again(run_copy, [f"{pupil}:Pupil"], listener=heard)
    assert "fitting" not in heard.stages
    assert heard.stages["detecting"] == 1
    assert set(lessons(run_copy, "pupil")) == first


def test_a_damaged_one_is_taught_again(run_copy, again, pupil):
    again(run_copy, [f"{pupil}:Pupil"])
    first = lessons(run_copy, "pupil")[0]
    plan = Plan.read(run_copy)
    saved = plan.fitted(run_copy, "pupil") / PACKED
    saved.write_bytes(saved.read_bytes()[:-1] + b"!")
    (plan.findings(run_copy, 1, "pupil") / "findings.json").unlink()
    again(run_copy, [f"{pupil}:Pupil"])
    assert lessons(run_copy, "pupil")[0] > first


def test_changed_code_is_taught_again(run_copy, again, pupil):
    again(run_copy, [f"{pupil}:Pupil"])
    first = set(lessons(run_copy, "pupil"))
    pupil.write_text(LEARNER + "# changed\n")
    again(run_copy, [f"{pupil}:Pupil"])
    assert not first & set(lessons(run_copy, "pupil"))


def test_what_was_taught_lies_in_the_cache_for_other_runs(tmp_path, again, pupil):
    cache, taught = Cache(tmp_path / "cache"), []
    for name in ("one", "other"):
        scores = again(tmp_path / name, [f"{pupil}:Pupil"], cache=cache)
        assert {d.name: d.status for d in scores.detectors}["pupil"] == "ok"
        taught.append(set(lessons(tmp_path / name, "pupil")))
        for path in (cache.root / "findings").glob("*"):
            shutil.rmtree(path)
    assert taught[0] == taught[1]
    assert len(taught[0]) == 1
    assert FittedNote.read(Plan.read(tmp_path / "other").fitted(tmp_path / "other", "pupil")).digest


def test_one_that_cannot_be_saved_is_taught_before_each_recording(run_copy, again, pupil):
    scores = again(run_copy, [f"{pupil}:Clinging"])
    assert {d.name: d.status for d in scores.detectors}["clinging"] == "ok"
    assert len(set(lessons(run_copy, "clinging"))) > 1


def test_one_that_fails_to_learn_says_why_and_takes_nobody_down(run_copy, again, pupil):
    scores = again(run_copy, [f"{pupil}:Lazy", f"{pupil}:Pupil"])
    found = {d.name: d for d in scores.detectors}
    assert found["lazy"].status == "failed"
    assert "ValueError: too much to learn" in found["lazy"].error
    assert "fitting.py" not in found["lazy"].error
    assert found["pupil"].status == "ok"
