"""A detector inside the run: what it sees, what it may not see, and how it fails."""

from __future__ import annotations

import numpy as np
import pytest

from shamcrowd.benchmark.closed_loop.confined_reviewer import ConfinedReviewer
from shamcrowd.benchmark.closed_loop.results import RunResult
from shamcrowd.benchmark.evaluation.fitting_stage import training_of
from shamcrowd.benchmark.evaluation.plan import Plan
from shamcrowd.benchmark.evaluation.replay import Candidate
from shamcrowd.benchmark.execution.confinement.landlock import version
from shamcrowd.benchmark.execution.sandbox import Sandbox
from shamcrowd.benchmark.scoring.findings_store import SavedFindings
from shamcrowd.recording.errors import RecordingError
from shamcrowd.recording.manifest import Manifest
from shamcrowd.recording.units import EARLIEST
from shamcrowd.recording.view import open_log
from shamcrowd.simulator import simulate
from shamcrowd.simulator.scenario.load import load_scenario
from tests.benchmark.conftest import SCALE, SCENARIO


def rises(trace):
    columns = (trace.increase_review, trace.increase_account, trace.increase_score)
    return sorted(zip(*(column.tolist() for column in columns), strict=True))


@pytest.mark.parametrize("name", ["velocity", "shared-resources"])
def test_it_finds_in_the_run_what_it_finds_afterwards(small_run, tmp_path, name):
    """No alert, so nothing is done: the very findings of the replay, review by review."""
    sandbox = Sandbox(tmp_path / "scratch", (tmp_path / "hidden",), 8192)
    out = tmp_path / "hidden" / "recording"
    out.parent.mkdir()
    scenario = load_scenario(SCENARIO, scale=SCALE)
    with ConfinedReviewer(
        Candidate(name, name), out.with_name("recording.partial"), np.inf, None, sandbox, 600.0
    ) as reviewer:
        manifest = simulate(scenario, 1, out, reviewer=reviewer)
        heard = reviewer.buffer
        used = reviewer.usage()
    saved = SavedFindings.read(small_run.folder / "findings" / "seed-1" / name)
    before = Manifest.read(small_run.folder / "recordings" / "seed-1")
    assert manifest.fingerprints == before.fingerprints
    ours = heard.findings(saved.account)
    for column in ("account", "score", "cluster"):
        assert np.array_equal(getattr(ours, column), getattr(saved, column)), column
    assert rises(ours) == rises(saved)
    assert ours.reason == saved.reason
    assert used.seconds > 0
    assert used.peak_mib > 10


@pytest.mark.parametrize("name", ["fusion", "boosted-trees"])
def test_who_learns_is_taught_before_the_loop_as_before_the_open_one(looped, name):
    """On the labels that the platform had of the training world."""
    folder, board = looped([name])
    assert board[name].status == "ok", board[name].error
    result = RunResult.read(folder / f"loop/instant/{name}/seed-1.json")
    labels = training_of(Plan.read(folder), folder, "platform").labels
    assert result.key["labels"] == labels.digest
    assert board[name].metrics["damage-held"].open.value is not None
    assert board[name].seconds > 0


def test_a_crash_ends_the_run_with_the_detectors_own_frames(looped, broken):
    folder, board = looped([f"{broken}:Late"])
    failed = board["late"]
    assert (failed.status, failed.metrics, failed.figures) == ("failed", {}, {})
    text = broken.read_text("utf-8").splitlines()
    line = 1 + next(i for i, t in enumerate(text) if t.endswith("# here"))
    assert "in the loop, on seed 1: LookupError: no such thing" in failed.error
    assert f'File "{broken}", line {line}, in deeper' in failed.error
    assert "confined.py" not in failed.error
    # What was played until then is there, and says that it is not all.
    place = folder / "loop" / "instant" / "late"
    assert not (place / "seed-1").exists()
    with pytest.raises(RecordingError, match=r"partial, the reviewer raised FailedDetectorError"):
        Manifest.read(place / "seed-1.partial")
    partial = Manifest.read(place / "seed-1.partial", partial=True)
    assert len(partial.reviews) == 9
    rows = open_log(place / "seed-1.partial", partial=True).rows("requests", EARLIEST, partial.end)
    assert rows.num_rows > 0
    # All others are judged.
    assert board["oracle"].status == board["random"].status == "ok"


def test_one_that_dies_and_one_that_never_answers(looped, broken):
    _, board = looped([f"{broken}:Dies"])
    assert board["dies"].status == "failed"
    assert "its process ended with code 7" in board["dies"].error


def test_the_time_limit_holds_for_the_whole_run(looped, broken):
    _, board = looped([f"{broken}:Slow"], time_limit=4.0)
    assert board["slow"].status == "failed"
    assert "4 s, the time limit" in board["slow"].error


@pytest.mark.skipif(not version(), reason="this kernel has no Landlock")
def test_the_truth_is_out_of_reach(looped, broken):
    _, board = looped([f"{broken}:Pries"])
    assert board["pries"].status == "ok", board["pries"].error
