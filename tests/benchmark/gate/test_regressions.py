"""The gate tells a detector made worse on purpose from one that is only left to luck."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shamcrowd.benchmark.evaluation.evaluate import evaluate
from shamcrowd.benchmark.evaluation.plan import board_name
from shamcrowd.benchmark.gate.baseline import Baseline
from shamcrowd.benchmark.gate.compare import compare
from tests.benchmark.gate import lab
from tests.benchmark.here import Here
from tests.recordings import lay

WORSE = ("ThresholdMoved", "FeatureDropped", "LookBackCut")
TIMES = 10


@pytest.fixture(scope="module")
def reached(tmp_path_factory):
    """What each variant reaches: as it is, and with ten lots of luck."""
    variants = {}
    for name in ("Crowd", *WORSE):
        kind = getattr(lab, name)
        variants[name] = kind
        for seed in range(TIMES if name == "Crowd" else 3):
            body = {"LOST": 0.1, "SEED": seed, "__module__": "lab"}
            variants[f"{name}{seed}"] = type(f"{name}{seed}", (kind,), body)
    folder, seeds = tmp_path_factory.mktemp("variants") / "run", range(1, 6)
    # Reviewed once a day, for an eighth of the time.
    world = {"settings": ["reviews=24h"], "scale": 0.15}
    lay(folder, "quickstart-v2", (*seeds, 901), **world)
    scores = evaluate(
        "quickstart-v2", list(variants.values()), out=folder, seeds=seeds,
        calibration_seeds=(901,), engine=Here(), **world,
    )  # fmt: skip
    every = Baseline.of("suite", {}, {"quickstart-v2": scores})
    held = every.scenarios["quickstart-v2"]
    boards = {name: board_name(variant) for name, variant in variants.items()}

    def alone(variant):
        """As if this had been the team's only detector, under its one name."""
        figures = {"mine": held.figures[boards[variant]]}
        return replace(every, scenarios={"quickstart-v2": replace(held, figures=figures)})

    return alone


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
