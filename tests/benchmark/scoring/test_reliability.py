"""Bins of a reliability curve, and the two metrics of probabilities."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import logit

from shamcrowd.benchmark.scoring.checks.reference_world import SHAM, reference_findings
from shamcrowd.benchmark.scoring.findings_store import FindingsMetadata, SavedFindings
from shamcrowd.benchmark.scoring.labelled_findings import label_findings
from shamcrowd.benchmark.scoring.metrics.brier_score import BrierScore
from shamcrowd.benchmark.scoring.metrics.calibration_error import CalibrationError
from shamcrowd.benchmark.scoring.not_measurable import NotMeasurableError
from shamcrowd.benchmark.scoring.reliability import EDGES, reliability
from shamcrowd.detectors.base import LOG_ODDS, PROBABILITY

MANY = 2040


def said(probability):
    return replace(reference_findings(0.0), probability=np.asarray(probability, float))


def test_an_edge_belongs_to_the_bin_above_it_and_one_to_the_last():
    probability = np.full(MANY, 0.5)
    probability[:4] = 0.1, np.nextafter(0.1, 0), 1.0, np.nan
    bins = {one.low: one for one in reliability([said(probability)])}
    assert [bins[low].accounts for low in (0.03, 0.1, 0.5, 0.9)] == [1, 1, MANY - 4, 1]
    # The first four are sham, of whom one was not judged.
    assert [bins[low].sham for low in (0.03, 0.1, 0.5, 0.9)] == [1, 1, SHAM - 4, 1]
    assert bins[0.9].high == 1.0


def test_two_recordings_count_together():
    bins = reliability([said(np.full(MANY, 0.02)), said(np.full(MANY, 0.01))])
    assert [(b.accounts, b.sham, round(b.expected, 6)) for b in bins] == [(2 * MANY, 80, 0.015)]


@given(st.integers(0, 2**32 - 1))
def test_metrics_as_a_plain_loop_finds_them(seed):
    random = np.random.default_rng(seed)
    probability = random.beta(0.3, 3, MANY)
    found = said(probability)
    sham = found.truth.sham
    brier = np.mean([(p - y) ** 2 for p, y in zip(probability, sham, strict=True)])
    error = 0.0
    for low, high in itertools.pairwise(EDGES):
        inside = (probability >= low) & ((probability < high) | (high == 1.0))
        if inside.any():
            gap = abs(probability[inside].mean() - sham[inside].mean())
            error += inside.sum() / MANY * gap
    assert BrierScore().measure(found) == [pytest.approx(brier)]
    assert CalibrationError().measure(found) == [pytest.approx(error)]


def test_the_prevalence_for_everybody_is_calibrated_and_its_brier_score_is_known():
    share = SHAM / MANY
    found = said(np.full(MANY, share))
    assert CalibrationError().measure(found) == [pytest.approx(0.0)]
    assert BrierScore().measure(found) == [pytest.approx(share * (1 - share))]


@pytest.mark.parametrize("metric", [BrierScore, CalibrationError])
@pytest.mark.parametrize(
    ("probability", "why"), [(None, "no probabilities"), (np.full(MANY, np.nan), "no account")]
)
def test_there_is_nothing_to_measure(metric, probability, why):
    found = replace(reference_findings(0.0), probability=probability)
    with pytest.raises(NotMeasurableError, match=why):
        metric().measure(found)


@pytest.mark.parametrize("scale", ["", PROBABILITY, LOG_ODDS])
def test_what_the_last_review_said_counts_not_the_largest_score(scale):
    truth = reference_findings(0.0).truth
    last = np.full(MANY, 0.25)
    last[-1] = np.nan
    saved = SavedFindings(
        truth.account, np.full(MANY, 0.9), np.full(MANY, -1), [""] * MANY,
        np.zeros(MANY, np.int32), truth.account, np.full(MANY, 0.9),
        metadata=FindingsMetadata("mine", {}, False, 0.0, 0.0, scale=scale),
        last_score=logit(last) if scale == LOG_ODDS else last,
    )  # fmt: skip
    found = label_findings(truth, saved, 0.5).probability
    if scale:
        assert found[:-1] == pytest.approx(0.25)
        assert np.isnan(found[-1])
    else:
        assert found is None
