"""A suite is played unit by unit; what is there is used again, what is damaged made again."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from shamcrowd.benchmark.evaluation import scoring_stage, stages
from shamcrowd.benchmark.evaluation.training import Training
from shamcrowd.benchmark.execution.cache import Cache
from shamcrowd.benchmark.execution.engines.local_engine import LocalEngine
from shamcrowd.benchmark.execution.engines.work_unit import ATTEMPT
from shamcrowd.benchmark.reports.suite.board import suite_board
from shamcrowd.benchmark.scoring.scores import KINDS
from shamcrowd.benchmark.suites.bench import bench, scores_of
from shamcrowd.recording.errors import FolderInUseError, ScenarioError, UsageError
from shamcrowd.recording.manifest import Manifest
from shamcrowd.simulator.scenario.load import load_scenario

DETECTED = 2 * 3 * 5
"""Scenarios, seeds, detectors with controls."""


def again(benched, told, **options):
    given = {"out": benched.out, "cache": Cache(benched.cache), "engine": LocalEngine(2)}
    return bench(benched.suite, **{**given, **options}, listener=told)


def texts(out):
    return {p.parent.name: p.read_bytes() for p in sorted(Path(out).glob("*/scores.json"))}


def without_times(out):
    """Scores as they are whoever made them, and however long that took."""
    found = {}
    for name, text in texts(out).items():
        data = json.loads(text)
        del data["checksum"]
        for detector in data["detectors"]:
            del detector["seconds"], detector["peak_mib"]
        found[name] = data
    return found


def test_every_unit_is_made(first_bench):
    assert first_bench.result.made == {"simulating": 6, "detecting": DETECTED, "scoring": 2}
    assert {p.status for p in first_bench.result.scenarios} == {"ok"}
    scores = scores_of(first_bench.result, first_bench.out)
    assert list(scores) == ["busy", "calm"]
    names = {d.name for d in scores["calm"].detectors}
    assert {"velocity", "busy", "oracle", "noisy-oracle", "random"} <= names
    assert all(d.status == "ok" for s in scores.values() for d in s.detectors)
    assert scores["busy"].seeds == (1, 2)
    assert scores["busy"].calibration_seeds == (901,)
    # The suite's own settings: twice a day for a week.
    assert len(scores["busy"].reviews) == len(scores["calm"].reviews) == 14
    summary = json.loads((first_bench.out / "suite.json").read_text())
    assert [p["scenario"] for p in summary["scenarios"]] == ["busy", "calm"]
    velocity = next(r for r in summary["overall"] if r["name"] == "velocity")
    # Campaigns are in one of the two only.
    assert velocity["metrics"]["campaign-recall"][1] == 1


def test_a_second_bench_does_nothing(benched, told):
    before = texts(benched.out), (benched.out / "suite.json").read_bytes()
    result = again(benched, told)
    assert sum(result.made.values()) == 0
    assert (texts(benched.out), (benched.out / "suite.json").read_bytes()) == before


def test_results_elsewhere_come_from_the_cache(benched, told, tmp_path):
    result = again(benched, told, out=tmp_path / "elsewhere")
    assert sum(result.made.values()) == 0
    assert texts(tmp_path / "elsewhere") == texts(benched.out)
    there = tmp_path / "elsewhere" / "calm" / "recordings" / "seed-1"
    assert Manifest.read(there).scenario == "calm"


@pytest.mark.parametrize(
    ("kind", "name", "made"),
    [
        # The same recording comes out, so what was found on it still holds.
        ("recordings", "accounts.parquet", {"simulating": 1, "detecting": 0, "scoring": 0}),
        ("findings", "rises.parquet", {"simulating": 0, "detecting": 1, "scoring": 1}),
        ("scores", "scores.json", {"simulating": 0, "detecting": 0, "scoring": 1}),
    ],
)
def test_damage_on_disk_is_found_and_mended(benched, told, kind, name, made):
    before = without_times(benched.out)
    path = next(p for p in sorted((benched.cache / kind).rglob(name)))
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    result = again(benched, told)
    assert {s: n for s, n in result.made.items() if n} == {s: n for s, n in made.items() if n}
    assert told.notes == ["1 damaged in the cache, made again"]
    assert without_times(benched.out) == before


def test_changed_code_detects_again_and_only_that(benched, told):
    mine = Path(benched.suite).with_name("mine.py")
    mine.write_text(mine.read_text().replace(".fillna(0.0)", ".fillna(0.0) * -1"))
    result = again(benched, told)
    assert result.made == {"simulating": 0, "detecting": 2 * 3, "scoring": 2}
    # Back to what it was: that is still there.
    mine.write_text(mine.read_text().replace(".fillna(0.0) * -1", ".fillna(0.0)"))
    assert sum(again(benched, told).made.values()) == 0


def test_a_changed_metric_scores_again_without_detecting(benched, told, monkeypatch):
    digest = scoring_stage.source_digest
    monkeypatch.setattr(scoring_stage, "source_digest", lambda *p: digest(*p)[::-1])
    assert again(benched, told).made == {"simulating": 0, "detecting": 0, "scoring": 2}


def test_a_changed_simulator_that_gives_the_same_rows_detects_nothing(benched, told, monkeypatch):
    digest = stages.source_digest
    monkeypatch.setattr(stages, "source_digest", lambda *p: digest(*p)[::-1])
    result = again(benched, told)
    assert result.made == {"simulating": 6, "detecting": 0, "scoring": 0}


def test_a_detector_that_dies_of_memory_is_marked_and_the_rest_goes_on(benched, told):
    greedy = Path(benched.suite).with_name("greedy.py")
    greedy.write_text(
        "import numpy as np\nfrom shamcrowd.detectors.base import Findings\n\n\nclass Greedy:\n"
        "    def review(self, log):\n        np.ones(2**31)\n"
    )
    result = again(benched, told, detectors=["velocity", f"{greedy}:Greedy"], memory_limit=512)
    row = next(r for r in result.overall if r.name == "greedy")
    assert row.failed == 2
    scores = scores_of(result, benched.out)["calm"]
    status = {d.name: (d.status, d.error) for d in scores.detectors}
    assert status["velocity"] == ("ok", "")
    assert status["greedy"][0] == "failed"
    assert "more memory than it may have, 512 MiB" in status["greedy"][1]


def test_a_simulation_that_is_killed_fails_its_scenario_alone(tmp_path, benched, told, monkeypatch):
    play = stages._simulated

    def killed(scenario, seed, secret, workers, folder):
        if scenario.id == "busy" and seed == 2:
            (folder.parent / f"{folder.name}.partial").mkdir()
            os.kill(os.getpid(), signal.SIGKILL)
        play(scenario, seed, secret, workers, folder)

    monkeypatch.setattr(stages, "_simulated", killed)
    empty = Cache(tmp_path / "empty")
    result = again(benched, told, out=tmp_path / "new", cache=empty, detectors=["velocity"])
    status = {p.scenario: (p.status, p.error) for p in result.scenarios}
    assert status["calm"] == ("ok", "")
    assert status["busy"][0] == "failed"
    assert "simulating seed 2: ProcessDied" in status["busy"][1]
    assert "perhaps because memory ran out" in status["busy"][1]
    assert not list((tmp_path / "new").rglob("*.attempt*"))
    # What was finished is kept: the next bench makes what is missing.
    monkeypatch.setattr(stages, "_simulated", play)
    made = again(benched, told, out=tmp_path / "new", cache=empty, detectors=["velocity"]).made
    assert made["simulating"] == 1


def test_a_unit_out_of_time_is_marked(benched, told, tmp_path):
    slow = Path(benched.suite).with_name("slow.py")
    slow.write_text(
        "import time\n\n\nclass Slow:\n    def review(self, log):\n        time.sleep(60)\n"
    )
    smaller(benched)
    result = again(benched, told, out=tmp_path / "n", detectors=[f"{slow}:Slow"], time_limit=10)
    (row,) = [r for r in result.overall if r.name == "slow"]
    assert row.failed == 1
    assert result.scenarios[0].status == "ok"


def smaller(benched):
    """One scenario and one seed are enough where two processes play them."""
    suite = Path(benched.suite)
    text = suite.read_text().replace("[busy.yaml, calm.yaml]", "[calm.yaml]")
    suite.write_text(text.replace("seeds: 1-2", "seeds: [1]", 1))


def run_bench(benched, out, cache):
    command = [str(Path(sys.executable).with_name("shamcrowd")), "bench", benched.suite]
    return subprocess.Popen(
        [*command, "--out", str(out), "--cache", str(cache), "--workers", "1"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def test_two_benches_at_once_on_one_cache_do_no_harm(benched, told, tmp_path):
    smaller(benched)
    again(benched, told, out=tmp_path / "alone")
    both = [run_bench(benched, tmp_path / name, tmp_path / "shared") for name in ("one", "two")]
    said = [process.communicate() for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    assert without_times(tmp_path / "one") == without_times(tmp_path / "two")
    assert without_times(tmp_path / "one") == without_times(tmp_path / "alone")
    cache = Cache(tmp_path / "shared")
    result = again(benched, told, out=tmp_path / "three", cache=cache)
    assert sum(result.made.values()) == 0
    assert cache.damaged == 0


def test_two_benches_in_one_folder_are_refused(benched, told, tmp_path):
    one = run_bench(benched, tmp_path / "out2", tmp_path / "shared")
    while one.poll() is None and not (tmp_path / "out2" / "suite.json").is_file():
        time.sleep(0.05)
    with pytest.raises(FolderInUseError, match="in use by another run"):
        again(benched, told, out=tmp_path / "out2")
    one.kill()
    one.communicate()


def test_a_bench_that_is_killed_goes_on_where_it_was(benched, told, tmp_path):
    smaller(benched)
    again(benched, told, out=tmp_path / "alone")
    out, cache = tmp_path / "killed", tmp_path / "shared"
    first = run_bench(benched, out, cache)

    def kept():
        """What is in its place; a seal is written before its folder comes there."""
        return sum(ATTEMPT not in p.parent.name for p in cache.glob("findings/*/seal.json"))

    while first.poll() is None and kept() < 4:
        time.sleep(0.05)
    assert first.poll() is None
    first.kill()
    first.communicate()
    result = again(benched, told, out=out, cache=Cache(cache))
    assert result.made["simulating"] == 0
    assert 0 < result.made["detecting"] <= 2 * 5 - 4
    assert without_times(out) == without_times(tmp_path / "alone")
    assert not list(out.rglob("*.attempt*"))


def test_a_foreign_folder_is_refused_and_untouched(benched, told, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work")
    with pytest.raises(FolderInUseError, match="nothing in it was touched"):
        again(benched, told, out=tmp_path / "mine")
    assert [p.name for p in (tmp_path / "mine").iterdir()] == ["thesis.txt"]


def test_a_faulty_setting_is_told_before_any_work(benched, told, tmp_path):
    suite = Path(benched.suite)
    suite.write_text(suite.read_text().replace("reviews=12h", "revews=12h"))
    with pytest.raises(ScenarioError, match="revews"):
        again(benched, told, out=tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_the_same_scenario_twice_is_refused(benched, told):
    suite = Path(benched.suite)
    suite.write_text(suite.read_text().replace("[busy.yaml, calm.yaml]", "[calm.yaml, calm.yaml]"))
    with pytest.raises(UsageError, match="calm is in it twice"):
        again(benched, told)


HELD_OUT = """
schema: 1
title: Taught without one tactic
seeds: [1]
calibration_seeds: [901]
scale: 0.1
scenarios: [quickstart-v2]
detectors: [learner.py:Learner]
hold_out: [hydra]
labels: truth
"""
LEARNER = """
import numpy as np
from shamcrowd.detectors.base import Findings


class Learner:
    def fit(self, log, labels):
        self.said = f"{int(labels.sham.sum())} sham of {len(labels.account)} until {log.now}"

    def review(self, log):
        ids = log.accounts(["account"])["account"].to_numpy()
        return Findings(ids, np.zeros(len(ids)), reason=[self.said] * len(ids))
"""


def test_a_tactic_that_is_held_out_is_not_taught_and_is_scored(tmp_path, told):
    (tmp_path / "learner.py").write_text(LEARNER)
    suite = tmp_path / "held.yaml"
    suite.write_text(HELD_OUT)
    given = {"cache": Cache(tmp_path / "cache"), "engine": LocalEngine(2), "listener": told}
    result = bench(str(suite), out=tmp_path / "out", **given)
    scores = scores_of(result, tmp_path / "out")["quickstart-v2"]
    learner = {d.name: d for d in scores.detectors}["learner"]
    assert learner.status == "ok", learner.error
    assert {c.tactic for c in learner.campaigns} == {"hydra", "credit-farm"}
    taught = tmp_path / "out" / "quickstart-v2" / "recordings" / "seed-801"
    manifest = Manifest.read(taught)
    assert list(manifest.resolved["campaigns"]) == ["credit-farm"]
    assert manifest.end <= scores.start
    assert scores.training["hold_out"] == ["hydra"]
    # Truthful labels: the farm's accounts, and no other.
    said = next(iter({s.reasons for s in learner.segments if s.reasons}), None)
    assert said is None or said[0].startswith(
        f"{manifest.resolved['campaigns']['credit-farm']['accounts']} sham"
    )
    # Other labels are other findings, on the same recordings.
    suite.write_text(HELD_OUT.replace("labels: truth", "labels: platform"))
    made = bench(str(suite), out=tmp_path / "out", **given).made
    assert made["simulating"] == 0
    assert made["detecting"] == 2


def test_ceilings_are_rows_of_their_own(tmp_path, told):
    (tmp_path / "learner.py").write_text(LEARNER)
    suite = tmp_path / "held.yaml"
    suite.write_text(
        HELD_OUT.replace("labels: truth", "labels: platform\nceilings: [same-tactics, true-labels]")
    )
    given = {"cache": Cache(tmp_path / "cache"), "engine": LocalEngine(2), "listener": told}
    result = bench(str(suite), out=tmp_path / "out", **given)
    folder = tmp_path / "out" / "quickstart-v2"
    scores = scores_of(result, tmp_path / "out")["quickstart-v2"]
    kinds = {d.name: d.kind for d in scores.detectors if "learner" in d.name}
    assert kinds == {
        "learner": "detector",
        "learner.same-tactics": "ceiling",
        "learner.true-labels": "ceiling",
    }
    assert [d.kind for d in scores.detectors] == sorted(
        (d.kind for d in scores.detectors), key=KINDS.index
    )
    labels = {d.name: d.fitted[0] for d in scores.detectors if d.fitted}
    assert labels["learner.true-labels"].right == labels["learner.true-labels"].named
    assert labels["learner.true-labels"].named > labels["learner.same-tactics"].named
    taught = Manifest.read(folder / "ceilings" / "same-tactics" / "recordings" / "seed-801")
    assert set(taught.resolved["campaigns"]) == {"hydra", "credit-farm"}
    # They lead nothing, and are gone when nobody asks for them.
    board = suite_board([scores])
    assert all(not of.best.startswith("learner.") for of in board.by.values())
    suite.write_text(HELD_OUT.replace("labels: truth", "labels: platform"))
    again = bench(str(suite), out=tmp_path / "out", **given)
    assert not [d for d in scores_of(again, tmp_path / "out")["quickstart-v2"].detectors
                if d.kind == "ceiling"]  # fmt: skip


def test_own_tactics_are_held_out_where_others_are_left():
    hydra, both, mixed = map(load_scenario, ("hydra-at-launch-v2", "quickstart-v2", "mixed-v2"))
    own = Training(mixed, "own")
    assert own.held_out(hydra) == ("hydra",)
    left = own.world(hydra).campaigns
    assert left
    assert not [name for name in left if "hydra" in name]
    assert own.summary(hydra)["hold_out"] == ["hydra"]
    # Nothing would be left of these.
    assert own.held_out(mixed) == Training(None, "own").held_out(both) == ()
    assert own.held_out(load_scenario("calm-v2")) == ()


def test_nothing_left_to_learn_from_is_refused_before_any_work(tmp_path, told):
    suite = tmp_path / "held.yaml"
    suite.write_text(HELD_OUT.replace("[hydra]", "[hydra, credit-farm]"))
    (tmp_path / "learner.py").write_text(LEARNER)
    cache = Cache(tmp_path / "cache")
    with pytest.raises(UsageError, match="no campaign is left to learn from"):
        bench(str(suite), out=tmp_path / "out", cache=cache, listener=told)
    assert not (tmp_path / "out").exists()
