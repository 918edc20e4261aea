"""The gate tells a detector made worse on purpose from one that is only left to luck."""

from __future__ import annotations

import importlib.util
from dataclasses import replace
from pathlib import Path

import pytest

from shamcrowd.benchmark.evaluation.evaluate import evaluate
from shamcrowd.benchmark.gate.baseline import Baseline
from shamcrowd.benchmark.gate.compare import compare

WORSE = ("ThresholdMoved", "FeatureDropped", "LookBackHalved")
TIMES = 10


def _lab():
    where = Path(__file__).with_name("lab.py")
    spec = importlib.util.spec_from_file_location("lab", where)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def reached(tmp_path_factory, gate_cache):
    """What each variant reaches: as it is, and with ten lots of luck."""
    lab, variants = _lab(), {}
    for name in ("Crowd", *WORSE):
        kind = getattr(lab, name)
        variants[name] = kind
        for seed in range(TIMES if name == "Crowd" else 3):
            body = {"LOST": 0.1, "SEED": seed, "__module__": "lab"}
            variants[f"{name}{seed}"] = type(f"{name}{seed}", (kind,), body)
    folder = tmp_path_factory.mktemp("variants") / "run"
    scores = evaluate(
        "quickstart-v2", list(variants.values()), out=folder, seeds=range(1, 6),
        calibration_seeds=(901,), scale=0.15, cache=gate_cache,
    )  # fmt: skip
    every = Baseline.of("suite", {}, {"quickstart-v2": scores})
    held = every.scenarios["quickstart-v2"]
    boards = dict(zip(variants, (d for d in map(_board, variants)), strict=True))

    def alone(variant):
        """As if this had been the team's only detector, under its one name."""
        figures = {"mine": held.figures[boards[variant]]}
        return replace(every, scenarios={"quickstart-v2": replace(held, figures=figures)})

    return alone


def _board(name):
    from shamcrowd.benchmark.evaluation.plan import board_name

    return board_name(f"lab.py:{name}")


@pytest.mark.parametrize("worse", WORSE)
def test_a_detector_made_worse_on_purpose_turns_it_red(reached, worse):
    assert compare(reached("Crowd"), reached("Crowd"), {}).exit_code == 0
    verdict = compare(reached("Crowd"), reached(worse), {})
    assert verdict.exit_code == 1
    assert verdict.line.startswith("RED: ")


def test_the_same_detector_ten_times_over_stays_green(reached):
    """Every pair: the one is the baseline, the other today's run."""
    verdicts = [
        compare(reached(f"Crowd{a}"), reached(f"Crowd{b}"), {})
        for a in range(TIMES)
        for b in range(TIMES)
        if a != b
    ]
    red = [v.line for v in verdicts if v.exit_code]
    assert len(red) <= 0.05 * len(verdicts), red
    # They did differ, so that there was something to tell.
    assert sum(e.kind in ("within", "improved") for v in verdicts for e in v.entries) > 100


@pytest.mark.parametrize("worse", WORSE)
def test_luck_hides_no_loss(reached, worse):
    missed = [
        (a, b)
        for a in range(TIMES)
        for b in range(3)
        if not compare(reached(f"Crowd{a}"), reached(f"{worse}{b}"), {}).exit_code
    ]
    assert len(missed) <= 0.1 * TIMES * 3, missed
