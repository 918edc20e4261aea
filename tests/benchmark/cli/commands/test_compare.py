"""``shamcrowd compare`` as a user sees it."""

from __future__ import annotations

import json

import pytest

from shamcrowd.benchmark.scoring.scores import Scores
from tests.recordings import change_json


@pytest.fixture
def run(small_run):
    return small_run.folder


def test_two_detectors_of_one_run(call, run, tmp_path):
    said = call("compare", f"{run}:velocity", f"{run}:shared-resources", "--out", tmp_path / "o")
    assert said.code == 0
    assert all(len(line) <= 80 for line in said.out.splitlines()[1:-1])
    assert "campaign recall" in said.out
    assert "No verdict: 2 seeds; 5 are the least for a verdict." in said.out
    assert "No ranking: 2 seeds, 5 are the least." in said.out
    assert "best control" in said.out
    assert said.out.splitlines()[-1].startswith("Next: ")
    assert (tmp_path / "o" / "comparison.md").is_file()


@pytest.mark.parametrize("form", ["markdown", "csv", "latex", "json"])
def test_forms(call, run, form):
    said = call("compare", run, run, "--format", form)
    assert said.code == 0
    if form == "json":
        assert {r["detector"] for r in json.loads(said.out)["rows"]} == {
            "velocity", "shared-resources"
        }  # fmt: skip


def test_another_world_is_refused(call, run_copy, run):
    path = run_copy / "scores.json"
    change_json(path, lambda data: data["recordings"][0].update(fingerprint="0" * 16))
    assert Scores.read(path)
    said = call("compare", run, run_copy)
    assert said.code == 2
    assert "fingerprints of seeds 1" in said.err
    assert said.out == ""


def test_bad_input(call, run, tmp_path):
    assert call("compare", tmp_path / "no", run).code == 4
    assert call("compare", f"{run}:nobody", run).code == 4
    assert call("compare", run, run, "--paper").code == 2
    assert call("compare", run).code == 2
