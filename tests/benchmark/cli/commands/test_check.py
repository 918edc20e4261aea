"""``shamcrowd check`` from the outside: what it prints, what it writes, how it ends."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.benchmark.conftest import SCENARIO

LAB = Path(__file__).parents[2] / "gate" / "lab.py"
BROKEN = '''
class Broken:
    """Raises as soon as it is asked."""

    def review(self, log):
        raise RuntimeError("no luck")
'''
SUITE = f"""
schema: 1
title: A team's own
seeds: [1, 2]
calibration_seeds: [901]
scale: 0.1
scenarios: [{SCENARIO}]
detectors: ["lab.py:SharedThings"]
"""


@pytest.fixture(scope="module")
def cache(tmp_path_factory):
    """Kept for all tests here: each recording is made once."""
    return tmp_path_factory.mktemp("check") / "cache"


@pytest.fixture
def team(tmp_path, cache, call, monkeypatch):
    """A team's folder with a committed baseline; gives the command, run in it."""
    shutil.copy(LAB, tmp_path / "lab.py")
    (tmp_path / "broken.py").write_text(BROKEN)
    (tmp_path / "team.yaml").write_text(SUITE)
    monkeypatch.chdir(tmp_path)

    def check(*options):
        return call("check", "--suite", "team.yaml", "--cache", cache, *options)

    said = check("--update-baseline", "-q")
    assert (said.code, Path("baseline.json").is_file()) == (0, True)
    return check


def test_as_good_as_the_baseline(team):
    said = team()
    assert said.code == 0
    assert said.out.rstrip().splitlines()[-1].startswith("GREEN")
    assert all(len(line) <= 80 for line in said.out.splitlines())


def test_worse_is_red_and_every_report_says_so(team):
    lab = Path("lab.py")
    lab.write_text(lab.read_text().replace("LEAST = 3", "LEAST = 12"))
    said = team("-o", "report.md", "-o", "junit.xml", "-o", "report.html")
    assert said.code == 1
    assert said.out.rstrip().splitlines()[-1].startswith("RED")
    assert "crowd" in Path("report.md").read_text()
    assert ElementTree.parse("junit.xml").getroot().findall(".//failure")
    assert "RED" in Path("report.html").read_text()


def test_the_baseline_finds_its_own_suite(team, call, cache, tmp_path, monkeypatch):
    assert json.loads(Path("baseline.json").read_text())["suite_file"] == "team.yaml"
    assert call("check", "--cache", cache, "-q").out.startswith("GREEN")
    elsewhere = tmp_path / "below"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    said = call("check", "--cache", cache, "--baseline", "../baseline.json", "-q")
    assert (said.code, said.out.startswith("GREEN")) == (0, True)
    (tmp_path / "team.yaml").rename(tmp_path / "moved.yaml")
    said = call("check", "--cache", cache, "--baseline", "../baseline.json")
    assert said.code == 2
    assert "team.yaml is not there; name it: --suite" in " ".join(said.err.split())


def test_json_is_one_object_with_the_verdict_and_every_figure(team):
    lab = Path("lab.py")
    lab.write_text(lab.read_text().replace("LEAST = 3", "LEAST = 12"))
    said = team("--json", "-o", "report.json")
    told = json.loads(said.out)
    assert said.out == Path("report.json").read_text()
    assert (said.code, told["exit_code"], told["verdict"][:3]) == (1, 1, "RED")
    assert told["counts"]["worse"] > 0
    assert [f["kind"] for f in told["figures"][: told["counts"]["worse"]]] == ["worse"] * (
        told["counts"]["worse"]
    )
    assert len(told["figures"]) == sum(told["counts"].values())


def test_an_update_has_no_json(team):
    said = team("--update-baseline", "--json")
    assert said.code == 2
    assert "--json" in said.err


def test_a_changed_world_is_refused_not_compared(team):
    held = json.loads(Path("baseline.json").read_text())
    (scenario,) = held["scenarios"].values()
    scenario["fingerprints"] = ["0" * len(p) for p in scenario["fingerprints"]]
    Path("baseline.json").write_text(json.dumps(held))
    said = team("-q")
    assert said.code == 2
    assert "twice-a-day" in said.out + said.err


@pytest.mark.parametrize("text", ["", "{", "[]", '{"version": 1}'])
def test_a_damaged_baseline_ends_at_once_and_is_left_as_it_is(team, text):
    Path("baseline.json").write_text(text)
    said = team("--update-baseline")
    assert said.code == 2
    assert "baseline.json" in said.err
    assert Path("baseline.json").read_text() == text


def test_a_detector_that_fails_is_no_verdict_and_no_baseline(team):
    before = Path("baseline.json").read_bytes()
    options = ("--detector", "lab.py:SharedThings", "--detector", "broken.py:Broken")
    said = team(*options, "-q")
    assert said.code == 3
    assert said.out.startswith("BROKEN")
    said = team(*options, "--update-baseline")
    assert said.code == 3
    assert "no luck" in said.err
    assert Path("baseline.json").read_bytes() == before


def test_nothing_to_judge_is_never_green(team):
    Path("baseline.json").unlink()
    said = team()
    assert said.code == 4
    assert "baseline.json" in said.err


def test_updating_one_detector_leaves_the_others(team):
    team("--detector", "lab.py:Lucky", "--update-baseline")
    (scenario,) = json.loads(Path("baseline.json").read_text())["scenarios"].values()
    assert sorted(scenario["detectors"]) == ["lucky", "shared-things"]


def test_an_unknown_kind_of_report_is_told_before_any_work(team):
    said = team("-o", "report.doc")
    assert said.code == 2
    assert "report.doc" in said.err
