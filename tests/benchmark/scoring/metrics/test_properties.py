"""What must hold of every metric: ends, ranges, names, ties, and findings without alerts."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shamcrowd.benchmark.scoring.checks.check import check_metric
from shamcrowd.benchmark.scoring.findings_store import NEVER_FLAGGED
from shamcrowd.benchmark.scoring.labelled_findings import ScoreIncreases
from shamcrowd.benchmark.scoring.metrics.registry import metrics
from shamcrowd.benchmark.scoring.not_measurable import NotMeasurableError
from shamcrowd.recording.units import MS_PER_HOUR

SHAM, LEGITIMATE = 40, 2_000
HOUR = MS_PER_HOUR
EVERY = list(metrics())


def truth(make_truth):
    """Two campaigns of twenty among 2,000 people of two segments; each sham account draws."""
    campaign = [0] * 20 + [1] * 20 + [-1] * LEGITIMATE
    segment = [-1] * SHAM + [i % 2 for i in range(LEGITIMATE)]
    first = [HOUR // 2] * SHAM + [-1] * LEGITIMATE
    abuse = [(place, review, 1, 100) for place in range(SHAM) for review in range(5)]
    return make_truth(campaign, segment, first, abuse)


@pytest.fixture
def said(make_findings, make_truth):
    """Makes a labelled detector from scores (all given at the first review) and a threshold."""

    def make(score, over, cluster=None):
        known = truth(make_truth)
        many = len(known.account)
        score = np.broadcast_to(np.asarray(score, float), many).copy()
        made = make_findings([0] * many, cluster=[-1] * many)
        return replace(
            made, truth=known, score=score,
            flagged=np.where(score > over, 0, NEVER_FLAGGED),
            cluster=np.full(many, -1) if cluster is None else np.asarray(cluster),
            increases=ScoreIncreases(np.zeros(many, np.int64), np.arange(many), score),
        )  # fmt: skip

    return make


def value(name, labelled):
    """The metric, or None where it says that there is nothing to measure."""
    try:
        return float(np.mean(metrics()[name].measure(labelled)))
    except NotMeasurableError:
        return None


SEES_ALL = np.r_[np.ones(SHAM), np.zeros(LEGITIMATE)]


@pytest.mark.parametrize("name", EVERY)
def test_keeps_the_rules_for_metrics(name):
    """Its values for the best findings, for all and for none flagged, its range, chance."""
    check_metric(type(metrics()[name]))


@pytest.mark.parametrize("name", ["b-cubed-f1", "element-centric-similarity"])
def test_all_singletons_of_the_flagged_earn_no_praise(name, said):
    # V-measure gives such output 0.996: here it is what one in twenty of each campaign is worth.
    own = np.arange(SHAM + LEGITIMATE)
    assert value(name, said(SEES_ALL, 0.5, own)) == pytest.approx(
        metrics()[name].value_none_flagged
    )


@pytest.mark.parametrize("name", EVERY)
def test_nothing_to_find_is_not_zero(name, make_findings):
    # Without sham accounts only false alarms can be measured.
    calm = make_findings([-1] * 30, flagged=[0] * 30, segment=[0] * 30, cluster=[-1] * 30)
    got = value(name, calm)
    assert got == {"worst-segment-fpr": 1.0, "segment-fpr-ratio": 1.0}.get(name)


scores = st.lists(st.integers(0, 6), min_size=60, max_size=60)


@pytest.mark.parametrize("name", EVERY)
@settings(deadline=None, derandomize=True, max_examples=25)
@given(scores, st.integers(0, 6), st.randoms(use_true_random=False))
def test_range_and_permuted_ids(name, make_truth, make_findings, drawn, over, random):
    order = list(range(60))
    random.shuffle(order)
    campaign = np.array([0] * 6 + [1] * 4 + [-1] * 50)
    segment = np.array([-1] * 10 + [0] * 25 + [1] * 25)
    score = np.array(drawn, float)

    def labelled(order):
        first = np.where(campaign >= 0, HOUR // 2, -1)
        place = np.argsort(order)
        abuse = [(place[i], r, 1, 10 + i) for i in range(10) for r in range(5)]
        made = make_findings(
            campaign[order].tolist(), segment=segment[order].tolist(),
            first_abuse=first[order].tolist(), abuse=abuse,
            flagged=[0 if s > over else None for s in score[order]],
            score=score[order].tolist(), cluster=[int(s) % 3 - 1 for s in score[order]],
        )  # fmt: skip
        increases = ScoreIncreases(np.zeros(60, np.int64), np.arange(60), score[order])
        return replace(made, increases=increases)

    one, other = value(name, labelled(np.arange(60))), value(name, labelled(np.array(order)))
    assert one == pytest.approx(other)
    if one is not None:
        assert metrics()[name].low <= one <= metrics()[name].high
        assert math.isfinite(one)


@pytest.mark.parametrize("name", EVERY)
def test_chance_is_what_lotteries_get_on_average(name, said):
    metric = metrics()[name]
    expected = metric.chance(SHAM / (SHAM + LEGITIMATE))
    if expected is None:
        return
    rng = np.random.default_rng(5)
    drawn = [value(name, said(rng.random(SHAM + LEGITIMATE), 0.95)) for _ in range(200)]
    error = np.std(drawn) / np.sqrt(len(drawn))
    # A lottery's average precision lies a little above the share of shams on small numbers.
    assert np.mean(drawn) == pytest.approx(expected, abs=4 * error + 0.006)
