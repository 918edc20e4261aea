"""Who leads on a suite, and what verdicts of the whole board mean."""

from __future__ import annotations

import numpy as np
import pytest

from shamcrowd.benchmark.comparison.standing import level, standings
from shamcrowd.benchmark.scoring.scores import DetectorScores, Measurement, Scores

RECALL, HARM = "recall-at-0-1-percent", "worst-segment-fpr"
SEEDS = tuple(range(1, 7))


def measurement(values):
    return Measurement(float(np.mean(values)), by_seed=tuple(values),
                       parts=tuple((v,) for v in values))  # fmt: skip


def scores(scenario, **figures):
    """Detectors by name, controls by a name that begins with ``control``."""
    made = [
        DetectorScores(name, "", "control" if name.startswith("control") else "detector", "ok",
                       metrics={m: measurement(v) for m, v in of.items()})
        for name, of in figures.items()
    ]  # fmt: skip
    return Scores(
        scenario=scenario, title="", about="", seeds=SEEDS, calibration_seeds=(), alert_rate=0.01,
        start=0, end=1, reviews=(), recordings=(), detectors=tuple(made), versions={}, settings={},
    )  # fmt: skip


def around(mean, seed, spread=0.02):
    return (mean + np.random.default_rng(seed).normal(0, spread, len(SEEDS))).tolist()


def test_who_flags_nobody_does_not_lead_in_harm():
    run = [scores(
        "one-v1", finder={RECALL: around(0.5, 1), HARM: around(0.05, 2, 0.001)},
        silent={RECALL: [0.0] * 6, HARM: [0.0] * 6},
        control={RECALL: around(0.1, 3), HARM: around(0.1, 4)},
    )]  # fmt: skip
    found = standings(run)
    assert (found[RECALL].best, found[HARM].best) == ("finder", "finder")
    # A recall that is just that of the control is not above it.
    run = [scores("one-v1", silent={RECALL: [0.1] * 6, HARM: [0.0] * 6},
                  control={RECALL: [0.1] * 6, HARM: [0.1] * 6})]  # fmt: skip
    assert standings(run)[HARM].best == ""


def test_a_detector_is_better_only_if_the_whole_board_allows_it():
    alone = [scores("one-v1", mine={RECALL: around(0.5, 1)}, control={RECALL: around(0.44, 20)})]
    many = {f"other-{n}": {RECALL: around(0.44, 30 + n, 0.1)} for n in range(12)}
    crowded = [scores(
        "one-v1", mine={RECALL: around(0.5, 1)}, control={RECALL: around(0.44, 20)}, **many
    )]  # fmt: skip
    one, other = (standings(run)[RECALL].rows["mine"].to_control for run in (alone, crowded))
    assert one.verdict == "better"
    assert one.p == 2 / 2**6
    assert other.p > one.p
    assert other.value == pytest.approx(one.value)


def test_both_directions_have_one_p():
    run = [scores("one-v1", mine={RECALL: around(0.5, 1)}, other={RECALL: around(0.3, 2)},
                  control={RECALL: around(0.1, 3)})]  # fmt: skip
    rows = standings(run)[RECALL].rows
    assert rows["other"].to_best.verdict == "worse"
    assert rows["control"].to_control is None
    assert rows["mine"].to_control.verdict == "better"
    assert rows["control"].to_best.p == rows["mine"].to_control.p


def test_a_level_is_the_mean_over_scenarios_with_its_interval():
    one, other = around(0.5, 1), around(0.3, 2)
    run = [scores(f"{n}-v1", mine={RECALL: v}) for n, v in (("a", one), ("b", other))]
    found = level([s.detectors[0] for s in run], RECALL)
    assert found.value == pytest.approx((np.mean(one) + np.mean(other)) / 2)
    assert 0.38 < found.low < found.value < found.high < 0.42
    weighted = level([s.detectors[0] for s in run], RECALL, [3, 1])
    assert weighted.value == pytest.approx((3 * np.mean(one) + np.mean(other)) / 4)
    assert level([], RECALL).value is None
