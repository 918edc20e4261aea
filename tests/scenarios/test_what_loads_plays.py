"""What `load` accepts plays; what plays is valid, and can be scored and shown on a page.

Worlds are generated: one to a few accounts, no campaign to three, the shortest campaigns there are,
horizons of one slice, populations without anybody who signed up before, no honest request.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, event, example, given, settings
from hypothesis import strategies as st

from shamcrowd.benchmark import evaluate
from shamcrowd.benchmark.reports.recording.recording_page import write_recording_report
from shamcrowd.benchmark.reports.run.run_page import write_report
from shamcrowd.benchmark.world_checks.validate import validate
from shamcrowd.recording.errors import NothingToJudgeError, ScenarioError
from shamcrowd.simulator import simulate
from shamcrowd.simulator.registry import populations, strategies, tactics
from shamcrowd.simulator.scenario.load import load_scenario

TINY = settings(
    deadline=None, derandomize=True, phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
LENGTHS = ["6h", "1d", "2d", "3d"]
QUANTITIES = ("exchanges", "codes", "cards", "log_ins")
KNOBS = ("rotation", "camouflage", "pacing", "ageing", "mimicry", "paraphrase")


@st.composite
def _campaign(draw: st.DrawFn, horizon: str) -> dict[str, Any]:
    name = draw(st.sampled_from(sorted(tactics())))
    made: dict[str, Any] = {"tactic": name, **tactics()[name].example}
    fitting = LENGTHS[: LENGTHS.index(horizon)] or [horizon]
    made["start"] = draw(st.sampled_from(["0s", *["1s", "5h"][: 2 * (fitting != [horizon])]]))
    made["duration"] = draw(st.sampled_from(["1s", *fitting]))
    made["accounts"] = draw(st.sampled_from([2, 3, 10, 25]))
    for quantity in QUANTITIES:
        if quantity in made:
            made[quantity] = draw(st.sampled_from([1, 10, 30, made[quantity]]))
    made["evasion"] = draw(st.dictionaries(st.sampled_from(KNOBS), st.sampled_from([0, 0.5, 1])))
    made |= draw(st.fixed_dictionaries({}, optional={
        "spares": st.sampled_from([0, 0.9]), "stock": st.sampled_from([0, 1]),
        "strategy": st.sampled_from(sorted(strategies())),
    }))  # fmt: skip
    return made | {"imitates": "people"}


@st.composite
def worlds(draw: st.DrawFn) -> dict[str, Any]:
    """A scenario as data; not all of them load."""
    horizon = draw(st.sampled_from(LENGTHS))
    people = {
        "population": draw(st.sampled_from(sorted(populations()))),
        "accounts": draw(st.sampled_from([1, 2, 30, 60])),
        "newcomers": draw(st.sampled_from([0, 0.3, 1])),
    }
    return {
        "schema": 1, "title": "generated", "start": "2026-03-02",
        "horizon": horizon,
        "slice": draw(st.sampled_from(["1h", "6h"])), "reviews": "6h",
        "shards": draw(st.sampled_from([1, 3])), "populations": {"people": people},
        "campaigns": {
            f"c{number}": one
            for number, one in enumerate(draw(st.lists(_campaign(horizon), max_size=3)))
        },
    }  # fmt: skip


ONE = {
    "schema": 1, "title": "one", "start": "2026-03-02", "horizon": "1d",
    "populations": {"people": {"population": "casual", "accounts": 1}}, "campaigns": {},
}  # fmt: skip
"""A world in which nobody asks for anything."""
ALL_SHAM = ONE | {
    "horizon": "3d",
    "campaigns": {"c": {"tactic": "hydra", "accounts": 60, "exchanges": 2000, "start": "0d",
                        "duration": "6h"}},
}  # fmt: skip
"""No honest request, and a campaign as short as may be."""


def _loaded(world: dict[str, Any], folder: str) -> Path | None:
    path = Path(folder, "world.yaml")
    path.write_text(json.dumps(world), "utf-8")
    try:
        load_scenario(path)
    except ScenarioError:
        event("refused")
        return None
    event("loads")
    return path


@settings(TINY, max_examples=45)
@given(worlds(), st.sampled_from([1.0, 0.1]))
@example(ONE, 1.0)
@example(ALL_SHAM, 1.0)
def test_what_plays_is_valid_and_has_a_page(world: dict[str, Any], scale: float) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = _loaded(world, folder)
        if path is None:
            return
        try:
            simulate(path, seed=1, out=Path(folder, "rec"), scale=scale, workers=1)
        except ScenarioError:
            # What fits at full scale may not fit at another; the error says so.
            assert scale != 1.0
            return
        found = validate(Path(folder, "rec"))
        assert found.passed, [(c.name, c.said) for c in found.checks if not c.holds]
        write_recording_report(Path(folder, "rec"), Path(folder, "page.html"))
        assert Path(folder, "page.html").stat().st_size


@settings(TINY, max_examples=3)
@given(worlds())
@example(ONE)
@example(ALL_SHAM)
def test_what_plays_is_scored(world: dict[str, Any]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = _loaded(world, folder)
        if path is None:
            return
        try:
            scores = evaluate(path, ["random"], out=Path(folder, "run"), seeds=[1], workers=1)
        except NothingToJudgeError:
            return
        assert {d.status for d in scores.detectors} == {"ok"}
        write_report(scores, Path(folder, "page.html"))


@pytest.mark.parametrize("duration", ["1s", "5h", "6h"])
def test_a_campaign_shorter_than_a_slice_is_valid(tmp_path: Path, duration: str) -> None:
    campaign = ALL_SHAM["campaigns"]["c"] | {"duration": duration}  # type: ignore[index]
    path = tmp_path / "world.yaml"
    path.write_text(json.dumps(ALL_SHAM | {"campaigns": {"c": campaign}}), "utf-8")
    simulate(path, seed=1, out=tmp_path / "rec", workers=1)
    found = validate(tmp_path / "rec")
    assert found.passed, [(c.name, c.said) for c in found.checks if not c.holds]
