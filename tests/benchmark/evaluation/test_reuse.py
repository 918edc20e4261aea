"""What a folder holds is used again; what is stale or damaged is made again, and only that."""

from __future__ import annotations

import json
import subprocess
import sys
import textwrap
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from sklearn.covariance import EllipticEnvelope
from sklearn.ensemble import IsolationForest

from shamcrowd.benchmark.evaluation.describing import describe
from shamcrowd.benchmark.evaluation.evaluate import rescore
from shamcrowd.benchmark.evaluation.replay import Candidate
from shamcrowd.detectors.adapters.estimator import estimator
from shamcrowd.recording.errors import (
    FolderInUseError,
    NothingToJudgeError,
    RecordingError,
    UnreadableError,
)

BUSY = """
from shamcrowd.detectors.base import Findings


class Busy:
    def review(self, log):
        ids = log.accounts(["account"])["account"].to_numpy()
        return Findings(ids, ids * {weight})
"""


def _stamps(folder, part):
    return {p: p.stat().st_mtime_ns for p in (folder / part).rglob("*.*") if p.is_file()}


def test_a_second_call_simulates_and_detects_nothing(run_copy, again, heard):
    names = ("velocity", "shared-resources")
    before = _stamps(run_copy, "recordings"), _stamps(run_copy, "findings")
    text = (run_copy / "scores.json").read_bytes()
    again(run_copy, names, seeds=(1, 2), calibration_seeds=(901, 902), listener=heard)
    assert heard.stages == {"simulating": 0, "detecting": 0}
    assert heard.notes == [
        "4 of 4 recordings exist and are used again",
        "20 of 20 findings exist and are used again",
    ]
    assert (_stamps(run_copy, "recordings"), _stamps(run_copy, "findings")) == before
    assert (run_copy / "scores.json").read_bytes() == text


def test_rescore_gives_the_same_bytes(run_copy):
    text = (run_copy / "scores.json").read_bytes()
    (run_copy / "scores.json").unlink()
    rescore(run_copy)
    assert (run_copy / "scores.json").read_bytes() == text


def test_a_new_seed_is_all_that_is_simulated(run_copy, again, heard):
    before = _stamps(run_copy, "recordings")
    again(run_copy, ["velocity"], seeds=(2, 3), listener=heard)
    assert heard.stages["simulating"] == 1
    after = _stamps(run_copy, "recordings")
    assert {p: after[p] for p in before} == before
    # Four detectors (velocity and three controls) on the new seed.
    assert heard.stages["detecting"] == 4


def test_changed_code_runs_that_detector_again_and_no_other(run_copy, tmp_path, again, heard):
    path = tmp_path / "busy.py"
    path.write_text(BUSY.format(weight="1.0"))
    names = [f"{path}:Busy", "velocity"]
    first = again(run_copy, names)
    before = _stamps(run_copy, "findings")
    path.write_text(BUSY.format(weight="-1.0"))
    second = again(run_copy, names, listener=heard)
    after = _stamps(run_copy, "findings")
    assert heard.stages == {"simulating": 0, "detecting": 2}
    changed = {p.parent.name for p in after if after[p] != before.get(p)}
    assert changed == {"busy"}
    precision = [
        {d.name: d for d in scores.detectors}["busy"].metrics["average-precision"].value
        for scores in (first, second)
    ]
    assert precision[0] != precision[1]


def test_another_scenario_makes_new_recordings(run_copy, again, heard):
    again(run_copy, ["velocity"], settings=["campaigns.hydra.accounts=9"], listener=heard)
    assert heard.stages["simulating"] == 2
    assert not any("recordings" in note for note in heard.notes)


def test_another_alert_rate_runs_nothing(run_copy, again, heard):
    scores = again(run_copy, ["velocity"], alert_rate=0.2, listener=heard)
    assert heard.stages == {"simulating": 0, "detecting": 0}
    assert scores.alert_rate == 0.2


def test_unfinished_work_is_made_again(run_copy, again, heard):
    (run_copy / "recordings" / "seed-1" / "manifest.json").unlink()
    (run_copy / "findings" / "seed-901" / "velocity" / "findings.json").write_text("{")
    (run_copy / "recordings" / "seed-1").rename(run_copy / "recordings" / "seed-1.partial")
    again(run_copy, ["velocity"], listener=heard)
    # The recording comes out the same, so its findings still hold.
    assert heard.stages == {"simulating": 1, "detecting": 1}
    assert not list(run_copy.rglob("*.partial"))


@pytest.mark.parametrize("name", ["rises.parquet", "accounts.parquet"])
def test_damaged_findings_are_made_again(run_copy, again, name):
    path = run_copy / "findings" / "seed-1" / "velocity" / name
    path.write_bytes(path.read_bytes()[:-20])
    scores = again(run_copy, ["velocity"])
    assert {d.name: d.status for d in scores.detectors}["velocity"] == "ok"


def test_a_damaged_recording_is_made_again(run_copy, again, heard):
    path = run_copy / "recordings" / "seed-1" / "accounts.parquet"
    path.write_bytes(path.read_bytes()[:-20])
    again(run_copy, ["velocity"], listener=heard)
    assert heard.stages["simulating"] == 1


def test_an_edited_truth_is_made_again_and_not_scored(run_copy, again, heard):
    """As many rows as before, of the same shape: only its bytes say that it was changed."""
    path = run_copy / "recordings" / "seed-1" / "truth" / "accounts.parquet"
    held = pq.read_table(path)
    before = path.read_bytes()
    at = held.schema.get_field_index("segment")
    pq.write_table(held.set_column(at, held.schema.field(at), held.column(at).take(
        pa.array(range(len(held) - 1, -1, -1)))), path)  # fmt: skip
    with pytest.raises(RecordingError, match="changed since it was written"):
        rescore(run_copy)
    again(run_copy, ["velocity"], listener=heard)
    assert heard.stages["simulating"] == 1
    assert path.read_bytes() == before


def test_a_foreign_folder_is_refused_and_untouched(tmp_path, again):
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(FolderInUseError, match="nothing in it was touched"):
        again(tmp_path, ["velocity"])
    assert [p.name for p in tmp_path.iterdir()] == ["thesis.txt"]
    assert (tmp_path / "thesis.txt").read_text() == "years of work"
    with pytest.raises(FolderInUseError, match="is a file"):
        again(tmp_path / "thesis.txt", ["velocity"])


def test_rescore_without_findings(run_copy, tmp_path):
    with pytest.raises(NothingToJudgeError, match="no run here"):
        rescore(tmp_path)
    for path in sorted((run_copy / "findings").rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    (run_copy / "findings").rmdir()
    with pytest.raises(NothingToJudgeError, match="no findings"):
        rescore(run_copy)
    (run_copy / "run.json").write_text("[]")
    with pytest.raises(UnreadableError, match="holds no JSON object"):
        rescore(run_copy)


def test_rescore_tells_which_findings_are_gone(run_copy):
    (run_copy / "findings" / "seed-902" / "velocity" / "findings.json").unlink()
    velocity = {d.name: d for d in rescore(run_copy).detectors}["velocity"]
    assert (velocity.status, velocity.error) == ("failed", "no findings on seed 902; run it again")


def _digest(detector):
    (about,) = describe([Candidate("one", detector)], (Path("run").resolve(),), 1)
    return about.digest


def test_the_digest_is_that_of_the_file(tmp_path):
    path = tmp_path / "busy.py"
    path.write_text(BUSY.format(weight="1.0"))
    first = _digest(f"{path}:Busy")
    assert _digest(f"{path}:Busy") == first
    path.write_text(BUSY.format(weight="2.0"))
    assert _digest(f"{path}:Busy") != first


def test_the_digest_of_a_function_in_a_module_is_that_of_its_file(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(tmp_path)
    path = tmp_path / "functions_of_a_user.py"
    path.write_text("def judge(log):\n    return log.requests().value_counts('account')\n")
    first = _digest("functions_of_a_user:judge")
    path.write_text("def judge(log):\n    return -log.requests().value_counts('account')\n")
    assert _digest("functions_of_a_user:judge") != first


def test_the_digest_of_an_estimator_is_its_own():
    forest = estimator(lambda: IsolationForest(n_estimators=5, random_state=0))
    assert _digest(forest) != _digest(estimator(lambda: EllipticEnvelope(random_state=0)))


SCRIPT = """
    from pathlib import Path

    from shamcrowd.benchmark.evaluation.describing import describe
    from shamcrowd.benchmark.evaluation.replay import Candidate

    class Mine:
        def review(self, log):
            return log.accounts()

    print(describe([Candidate("mine", Mine)], (Path("run").resolve(),), 1)[0].digest)
"""


def test_the_digest_of_a_class_in_a_script_is_the_same_tomorrow(tmp_path):
    script = tmp_path / "script.py"
    script.write_text(textwrap.dedent(SCRIPT))
    command = [sys.executable, str(script)]
    said = {subprocess.run(command, capture_output=True, check=True).stdout for _ in range(2)}
    assert len(said) == 1


def test_what_run_json_holds_is_what_was_asked(small_run):
    plan = json.loads((small_run.folder / "run.json").read_text())
    assert plan["seeds"] == [1, 2]
    assert plan["calibration_seeds"] == [901, 902]
    assert plan["detectors"][:2] == ["velocity", "shared-resources"]
    assert plan["scenario"] == "a-week"
