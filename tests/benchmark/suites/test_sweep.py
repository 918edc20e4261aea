"""Evasion curves on a tiny world: what moves with the knob and what does not."""

import json
import pickle
import shutil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shamcrowd.benchmark.evaluation.experiment import Experiment
from shamcrowd.benchmark.suites import sweep as sweeping
from shamcrowd.benchmark.suites.sweep import area, sweep
from shamcrowd.recording.errors import FolderInUseError, ScenarioError, UsageError
from shamcrowd.recording.manifest import Manifest
from shamcrowd.simulator.scenario.load import load_scenario, resolved
from tests.benchmark.conftest import SCALE, SCENARIO
from tests.recordings import kept, lay

KNOB = "campaigns.hydra.evasion.rotation"
OPTIONS = {"seeds": (1,), "calibration_seeds": (901,), "scale": SCALE, "workers": 2}


@pytest.fixture(scope="module")
def swept():
    def make(home):
        out = home / "out"
        for value in (0, 1):
            lay(out / str(value), SCENARIO, (1, 901), scale=SCALE, settings=[f"{KNOB}={value}"])
        (out / sweeping.KNOB).write_text("{}", "utf-8")
        scores = sweep(
            Experiment(SCENARIO, **OPTIONS), KNOB, 0, 1, 2, ["shared-resources"], out=out
        )
        (home / "scores.pickle").write_bytes(pickle.dumps(scores))

    home = kept("runs", {"sweep": resolved(load_scenario(SCENARIO, scale=SCALE))}, make)
    return home / "out", pickle.loads((home / "scores.pickle").read_bytes())


def test_a_run_for_each_value_and_the_same_people_in_all(swept):
    out, scores = swept
    assert scores.values == (0.0, 1.0)
    runs = [Manifest.read(out / v / "recordings" / "seed-1") for v in ("0", "1")]
    knobs = [m.resolved["campaigns"]["hydra"]["evasion"]["rotation"] for m in runs]
    assert knobs == [0.0, 1.0]
    blind = next(d for d in scores.detectors if d.name == "oracle")
    # All that comes after the first review; in a day of a small world much of the damage is done.
    assert min(p.value for p in blind.curves["damage-prevented"].points) > 0.75


def test_the_area_is_that_of_the_points(swept):
    for detector in swept[1].detectors:
        for curve in detector.curves.values():
            heights = [p.value for p in curve.points]
            if None in heights:
                assert curve.area.value is None
                assert curve.area.note
            else:
                assert curve.area.value == pytest.approx(sum(heights) / 2)
            # One seed: no interval is printed.
            assert curve.area.low is None


def test_what_is_there_is_used_again(swept, heard, tmp_path):
    out, scores = shutil.copytree(swept[0], tmp_path / "out"), swept[1]
    before = (out / "sweep.json").read_bytes()
    again = sweep(
        Experiment(SCENARIO, **OPTIONS),
        KNOB,
        0,
        1,
        2,
        ["shared-resources"],
        out=out,
        listener=heard,
    )
    assert heard.stages["simulating"] == heard.stages["detecting"] == 0
    assert (out / "sweep.json").read_bytes() == before
    assert [d.name for d in again.detectors] == [d.name for d in scores.detectors]
    assert json.loads(before)["knob"] == KNOB


@pytest.mark.parametrize(
    ("knob", "first", "last", "steps", "fault", "told"),
    [
        (KNOB, 0, 1, 1, UsageError, "at least two values"),
        (KNOB, 1, 1, 3, UsageError, "at least two values"),
        (KNOB, 0, 2, 3, ScenarioError, "less than or equal to 1|at most 1"),
        ("campaigns.hydra.evasion.rotatoin", 0, 1, 2, ScenarioError, "rotat"),
        ("campaigns.hidra.evasion.rotation", 0, 1, 2, ScenarioError, "hydra"),
    ],
)
def test_nothing_is_played_unless_all_can_be(tmp_path, knob, first, last, steps, fault, told):
    with pytest.raises(fault, match=told):
        sweep(
            Experiment(SCENARIO, **OPTIONS),
            knob,
            first,
            last,
            steps,
            ["velocity"],
            out=tmp_path / "out",
        )
    assert not (tmp_path / "out").exists()


def test_a_folder_of_others_is_not_touched(tmp_path):
    (tmp_path / "letter.txt").write_text("dear", "utf-8")
    with pytest.raises(FolderInUseError):
        sweep(Experiment(SCENARIO, **OPTIONS), KNOB, 0, 1, 2, ["velocity"], out=tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["letter.txt"]


@given(st.lists(st.floats(0, 1), min_size=2, max_size=9), st.floats(0.1, 100))
def test_an_area_lies_between_the_lowest_and_the_highest(heights, width):
    values = [width * n for n in range(len(heights))]
    assert min(heights) - 1e-9 <= area(values, heights) <= max(heights) + 1e-9
    assert area(values, [0.25] * len(values)) == pytest.approx(0.25)
    # A curve run backwards has the same area.
    assert area(values[::-1], heights[::-1]) == pytest.approx(area(values, heights))


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0.01, 0.99))
def test_a_point_on_the_line_changes_nothing(first, last, at):
    bent = area([0, at, 1], [first, first + at * (last - first), last])
    assert bent == pytest.approx(area([0, 1], [first, last]))
