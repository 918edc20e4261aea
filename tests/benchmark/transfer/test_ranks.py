"""Rank correlation of two orders of detectors, its interval, and what is said of it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from shamcrowd.benchmark.scoring.precision_curve import average_precision
from shamcrowd.benchmark.scoring.roc import recall_at_fpr
from shamcrowd.benchmark.transfer.board_figures import BoardFigures
from shamcrowd.benchmark.transfer.judging import HalfScores, JudgedDetector
from shamcrowd.benchmark.transfer.ranks import (
    FEWEST,
    Units,
    _average_precision,
    _Ordered,
    _recall,
    agreement,
    over_sets,
    pairs_of_metrics,
)

AP = "average-precision"
N = 4000


def half(skill: float, seed: int = 0) -> HalfScores:
    rng = np.random.default_rng(seed)
    sham = np.arange(N) < 400
    score = rng.normal(size=N) + skill * sham
    return HalfScores(score, sham, np.where(sham, np.arange(N) // 10, np.arange(N) + N))


def detector(name: str, skill: float) -> JudgedDetector:
    halves = (half(skill, 1), half(skill, 2))
    value = float(np.mean([average_precision(h.sham, h.score) for h in halves]))
    return JudgedDetector(name, "detector", metrics={AP: value}, halves=halves)


def board(order: dict[str, float]) -> BoardFigures:
    return BoardFigures("b", "", {AP: {n: {"s1": v, "s2": v + 0.001} for n, v in order.items()}})


SKILLS = {f"d{i}": 0.4 * i for i in range(8)}


@pytest.mark.parametrize(
    ("sign", "value", "said"),
    [(1, 1.0, "tends to do better on this set"), (-1, -1.0, "tends to do worse on this set")],
)
def test_the_same_and_the_opposite_order(sign, value, said):
    judged = [detector(name, skill) for name, skill in SKILLS.items()]
    found = agreement(judged, board({n: sign * s for n, s in SKILLS.items()}), AP, AP)
    assert found.spearman == pytest.approx(value)
    assert found.kendall == pytest.approx(value)
    low, high = found.spearman_bounds
    assert low <= value <= high or abs(value - np.clip(value, low, high)) < 1e-9
    assert low * sign > 0 < high * sign
    assert said in found.verdict


def test_an_order_that_says_nothing():
    judged = [detector(name, skill) for name, skill in SKILLS.items()]
    order = dict(zip(SKILLS, [3, 1, 4, 0, 6, 2, 7, 5], strict=True))
    found = agreement(judged, board(order), AP, AP)
    low, high = found.spearman_bounds
    assert low <= 0 <= high
    assert "says nothing that can be relied on" in found.verdict


@pytest.mark.parametrize(("many", "compared"), [(FEWEST - 1, False), (FEWEST, True)])
def test_below_so_many_detectors_there_is_no_order(many, compared):
    judged = [detector(f"d{i}", 0.3 * i) for i in range(many)]
    found = agreement(judged, board({f"d{i}": i for i in range(many)}), AP, AP)
    assert (found.spearman is not None) is compared
    assert compared or f"Only {many} detectors" in found.verdict


def test_without_any_difference_there_is_no_order():
    judged = [replace(detector(name, skill), metrics={AP: 0.0}) for name, skill in SKILLS.items()]
    found = agreement(judged, board(SKILLS), AP, AP)
    assert found.spearman is None
    assert "have one value" in found.verdict


def test_controls_and_detectors_without_figures_are_left_out():
    judged = [detector(name, skill) for name, skill in SKILLS.items()]
    others = [
        JudgedDetector("random", "control", metrics={AP: 0.1}, halves=(half(0), half(0))),
        JudgedDetector("broken", "detector", status="failed"),
        detector("unknown-here", 1.0),
    ]
    found = agreement([*judged, *others], board({**SKILLS, "random": 0.0, "broken": 0.0}), AP, AP)
    assert set(found.detectors) == set(SKILLS)


def test_the_interval_is_wider_with_fewer_accounts():
    def width(rows: int) -> float:
        judged = []
        for name, skill in SKILLS.items():
            h = half(skill / 40)
            keep = np.arange(N) % rows == 0
            small = HalfScores(h.score[keep], h.sham[keep], h.unit[keep])
            value = average_precision(small.sham, small.score)
            judged.append(
                JudgedDetector(name, "detector", metrics={AP: value}, halves=(small, small))
            )
        low, high = agreement(judged, board(SKILLS), AP, AP).spearman_bounds
        return high - low

    assert width(40) > width(1)


def test_drawn_metrics_are_those_of_the_benchmark():
    one = half(1.0)
    # Ties, as most detectors have.
    tied = HalfScores(one.score.round(1), one.sham, one.unit)
    everybody = np.ones(N)
    ordered = _Ordered(tied)
    assert _average_precision(ordered, everybody) == pytest.approx(
        average_precision(tied.sham, tied.score)
    )
    assert _recall(ordered, everybody, 0.01) == pytest.approx(
        recall_at_fpr(tied.score, tied.sham, 0.01)
    )
    many = Units(tied).drawn(np.random.default_rng(0))
    rows = np.repeat(np.arange(N), many.astype(int))
    assert _average_precision(ordered, many) == pytest.approx(
        average_precision(tied.sham[rows], tied.score[rows])
    )


def test_groups_are_drawn_whole():
    one = half(1.0)
    many = Units(one).drawn(np.random.default_rng(0))
    of_groups = many[one.sham].reshape(-1, 10)
    assert (of_groups == of_groups[:, :1]).all()
    assert of_groups[:, 0].sum() == 40
    assert many[~one.sham].sum() == N - 400


def test_over_sets():
    judged = [detector(name, skill) for name, skill in SKILLS.items()]
    good = agreement(judged, board(SKILLS), AP, AP)
    bad = agreement(judged, board({n: -s for n, s in SKILLS.items()}), AP, AP)
    few = agreement(judged[:2], board(SKILLS), AP, AP)
    assert over_sets([good, few]) is None
    mean, (low, high) = over_sets([good, bad, few])
    assert mean == pytest.approx(0.0)
    assert low < -0.9 < 0.9 < high


def test_like_is_compared_with_like_where_both_have_it():
    recall = "recall-at-0-1-percent"
    assert pairs_of_metrics(BoardFigures("", "", {recall: {}, AP: {}})) == [
        (recall, recall), (AP, AP),
    ]  # fmt: skip
    assert pairs_of_metrics(BoardFigures("", "", {recall: {}})) == [(recall, recall), (AP, recall)]
