"""Commands that do: simulate, run, score, demo."""

from __future__ import annotations

import json

import pytest

from shamcrowd.benchmark.cli.commands import demo
from shamcrowd.detectors.registry import detector_names
from shamcrowd.recording.manifest import Manifest
from tests.benchmark.conftest import SCALE, SCENARIO

SMALL = (SCENARIO, "--scale", SCALE, "--workers", 2)
BROKEN = "class Broken:\n    def review(self, log):\n        raise LookupError('my own words')\n"


def _run(call, folder, *more):
    """Everything that is needed is in the copy of the small run, so nothing is simulated."""
    return call("run", *SMALL, "--seeds", "1", "--out", folder, *more)


def test_simulate(call, tmp_path):
    out = tmp_path / "recording"
    arguments = ("simulate", "quickstart-v2", "--seed", 5, "--scale", 0.05, "--out", out)
    said = call(*arguments, "--json")
    about = json.loads(said.out)
    assert (said.code, said.err) == (0, "")
    manifest = Manifest.read(out)
    assert about["fingerprint"] == manifest.fingerprint
    assert about["rows"] == manifest.rows
    assert (about["seed"], about["scenario"]) == (5, "quickstart-v2")
    said = call(*arguments)
    assert manifest.fingerprint in said.out
    assert said.out.splitlines()[-1].startswith("Next: ")
    said = call(*arguments, "-q")
    assert (said.code, said.out, said.err) == (0, "", "")


def test_run(call, run_copy):
    said = _run(call, run_copy, "--detector", "velocity", "--detector", "shared-resources")
    assert said.code == 0
    lines = said.out.splitlines()
    assert lines[-1] == f"Next: open {run_copy / 'report.html'} in a browser"
    end = next(i for i, line in enumerate(lines) if line.startswith("Operating point"))
    assert max(len(line) for line in lines[:end]) <= 80
    names = [line.split()[0] for line in lines if line.strip()]
    board = ["oracle", "noisy-oracle", "volume-only", "random"]
    shown = [n for n in names if n in ("shared-resources", "velocity", *board)]
    assert sorted(shown[:2]) == ["shared-resources", "velocity"]
    assert shown[2:] == board
    assert "Fewer than 5 seeds" in said.out
    assert "used again" in said.err
    assert "\x1b" not in said.out + said.err
    assert "<html" in (run_copy / "report.html").read_text("utf-8")


def test_what_stands_below_the_board_fits_80_columns(call, run_copy):
    lines = _run(call, run_copy, "--detector", "velocity").out.splitlines()
    assert max(len(line) for line in lines[:-1]) <= 80


def test_run_json_is_the_scores_and_nothing_else(call, run_copy):
    said = _run(call, run_copy, "--detector", "velocity", "--json")
    assert (said.code, said.err) == (0, "")
    assert said.out == (run_copy / "scores.json").read_text("utf-8")
    assert json.loads(said.out)["seeds"] == [1]


def test_run_quietly(call, run_copy):
    said = _run(call, run_copy, "--detector", "velocity", "-q")
    assert (said.code, said.out, said.err) == (0, "", "")


def test_a_failed_detector_is_exit_code_3_and_told(call, run_copy, tmp_path):
    (tmp_path / "mine.py").write_text(BROKEN)
    mine = f"{tmp_path / 'mine.py'}:Broken"
    said = _run(call, run_copy, "--detector", mine, "--detector", "velocity")
    assert said.code == 3
    assert "LookupError: my own words" in said.out
    assert 'mine.py", line 3' in said.out
    assert "replay.py" not in said.out
    assert said.out.splitlines()[-1].startswith("Next: ")
    # What failed is told by the saved findings too.
    assert call("score", run_copy, "-q").code == 3


def test_only_controls_is_nothing_to_judge(call, run_copy):
    said = _run(call, run_copy, "--detector", "random", "-q")
    assert said.code == 4
    assert "no detector was judged" in said.err


def test_a_foreign_folder(call, tmp_path):
    (tmp_path / "thesis.txt").write_text("years")
    for command in (("run", *SMALL), ("simulate", "quickstart-v2", "--seed", 1)):
        said = call(*command, "--out", tmp_path)
        assert said.code == 2
        assert "nothing in it was touched" in said.err
    assert [p.name for p in tmp_path.iterdir()] == ["thesis.txt"]


def test_score(call, run_copy):
    text = (run_copy / "scores.json").read_text("utf-8")
    said = call("score", run_copy, "--json")
    assert (said.code, said.out, said.err) == (0, text, "")
    assert (run_copy / "report.html").is_file()
    assert call("score", run_copy).out.splitlines()[-1].startswith("Next: ")
    said = call("score", run_copy, "-q")
    assert (said.code, said.out, said.err) == (0, "", "")


@pytest.mark.parametrize("make", [True, False])
def test_score_without_a_run(call, tmp_path, make):
    folder = tmp_path / "empty"
    if make:
        folder.mkdir()
    said = call("score", folder)
    assert said.code == 4
    assert "shamcrowd run" in said.err
    assert said.out == ""


def test_demo_scores_the_small_scenario_with_one_of_a_kind(call, monkeypatch, run_copy):
    """The whole of it takes too long here: what it asks for, and what it makes of the answer."""
    import shamcrowd.benchmark
    from shamcrowd.benchmark.evaluation.evaluate import rescore

    asked = []

    def evaluate(*args, **options):
        asked.append((args, {k: v for k, v in options.items() if k != "listener"}))
        return rescore(run_copy)

    monkeypatch.setattr(shamcrowd.benchmark, "evaluate", evaluate, raising=False)
    out = run_copy
    said = call("demo", "--out", out)
    assert said.code == 0
    assert asked == [((demo.SCENARIO, demo.DETECTORS), {"out": out})]
    assert set(demo.DETECTORS) < set(detector_names())
    assert (out / "report.html").is_file()
    assert (out / "explore.html").is_file()
    assert "explore.html" in said.out.splitlines()[-1]
    assert said.out.splitlines()[-1].endswith("shamcrowd new detector busy-hours")
