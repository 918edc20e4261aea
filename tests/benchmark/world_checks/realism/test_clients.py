"""Clients against pandas, formulas and worlds of known burstiness."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import linregress

from shamcrowd.benchmark.scoring.not_measurable import NotMeasurableError
from shamcrowd.benchmark.world_checks.realism.clients import (
    burstiness,
    bursty_windows,
    gini,
    top_share,
    zipf_exponent,
)


def _by_client(frame, local):
    ordered = frame.assign(t=local(frame)).sort_values(["client", "t"], kind="stable")
    return ordered["t"].to_numpy(), pd.factorize(ordered["client"])[0].astype(np.int64)


@given(st.lists(st.integers(1, 1_000), min_size=1, max_size=60))
def test_gini_is_half_the_mean_difference(counts):
    x = np.array(counts)
    expected = np.abs(x[:, None] - x[None, :]).mean() / 2 / x.mean()
    assert gini(x) == pytest.approx(expected, abs=1e-9)


def test_top_share():
    assert top_share(np.arange(1, 201)) == pytest.approx((199 + 200) / (200 * 201 / 2))
    # 101 clients: two are the busiest 1 %.
    assert top_share(np.array([5, 5] + [1] * 99)) == pytest.approx(10 / 109)


def test_zipf_exponent():
    count = np.random.default_rng(0).pareto(1.2, 300) * 50 + 1
    top = np.sort(count)[::-1][:150]
    fit = linregress(np.log(np.arange(1, 151)), np.log(top))
    assert zipf_exponent(count) == pytest.approx(-fit.slope)
    assert zipf_exponent(np.full(100, 7)) == pytest.approx(0, abs=1e-12)


def test_burstiness_by_the_formula(bursty, local):
    time, client = _by_client(bursty, local)
    expected = []
    for _, times in pd.Series(time).groupby(client):
        gap = np.diff(times)
        n, r = len(gap), gap.std() / gap.mean()
        a, b = np.sqrt(n + 1), np.sqrt(n - 1)
        expected.append((a * r - b) / ((a - 2) * r + b))
    assert burstiness(time, client) == pytest.approx(np.array(expected))
    assert np.median(expected) > 0.5


def test_burstiness_of_extremes():
    metronome = np.arange(40.0)
    together = np.zeros(40)
    together[-1] = 1.0
    time = np.concatenate([metronome, together])
    client = np.repeat([0, 1], 40)
    assert burstiness(time, client) == pytest.approx([-1, 1])


@pytest.mark.parametrize("many", [21, 100, 1_000])
def test_burstiness_of_poisson_clients_is_about_0_whatever_their_size(many):
    rng = np.random.default_rng(many)
    time = np.sort(rng.uniform(0, 1, (4_000, many)), axis=1)
    values = burstiness(time.ravel(), np.repeat(np.arange(4_000), many))
    gap = np.diff(time, axis=1)
    r = gap.std(axis=1) / gap.mean(axis=1)
    assert len(values) == 4_000
    # The correction halves what is off for want of gaps: 0.02 instead of 0.04 at 20 of them.
    assert abs(values.mean()) < 0.6 * abs(((r - 1) / (r + 1)).mean()) < 0.03


def test_clients_with_few_gaps_or_no_time_are_left_out():
    time = np.concatenate([np.arange(20.0), np.arange(21.0), np.full(30, 5.0)])
    client = np.repeat([0, 1, 2], [20, 21, 30])
    assert len(burstiness(time, client)) == 1
    assert len(burstiness(np.array([1.0]), np.array([0]))) == 0


def test_bursty_windows(bursty, local):
    time, client = _by_client(bursty, local)
    frame = pd.DataFrame({"t": time, "c": client, "w": time // 600})
    frame["gap"] = frame.groupby(["c", "w"])["t"].diff()
    windows = frame.groupby(["c", "w"])["gap"].agg(["size", "mean", lambda g: g.std(ddof=0)])
    windows.columns = ["size", "mean", "sd"]
    busy = windows[windows["size"] >= 50]
    expected = (busy["sd"] / busy["mean"] > 1.5).mean()
    assert bursty_windows(time, client) == pytest.approx(expected)
    assert 0.5 < expected < 1


def test_poisson_windows_are_not_bursty():
    rng = np.random.default_rng(0)
    time = np.sort(rng.uniform(0, 6_000, (20, 1_000)), axis=1).ravel()
    assert bursty_windows(time, np.repeat(np.arange(20), 1_000)) == 0


def test_too_few_busy_windows():
    time, client = np.arange(0.0, 5_400, 10), np.zeros(540, np.int64)
    with pytest.raises(NotMeasurableError, match="fewer than 10 windows"):
        bursty_windows(time, client)
    # The ten windows of 60 requests that one more makes are enough.
    time, client = np.arange(0.0, 6_000, 10), np.zeros(600, np.int64)
    assert bursty_windows(time, client) == 0


def test_49_requests_are_no_busy_window():
    busy = np.tile(np.arange(50.0), 10) + np.repeat(np.arange(10), 50) * 600
    assert bursty_windows(busy, np.zeros(500, np.int64)) == 0
    with pytest.raises(NotMeasurableError):
        bursty_windows(busy[busy % 600 < 49], np.zeros(490, np.int64))
