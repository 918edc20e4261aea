"""Arrivals against loops, pandas and series of known memory."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.stats import pearsonr

from shamcrowd.benchmark.scoring.not_measurable import NotMeasurableError
from shamcrowd.benchmark.world_checks.realism.arrivals import (
    dfa,
    fano,
    hurst,
    local_cv,
    local_memory,
    slots,
    whole,
)

HOUR, DAY = 3_600, 86_400


def _poisson(rate, seconds, seed=0):
    rng = np.random.default_rng(seed)
    return np.sort(rng.uniform(0, seconds, rng.poisson(rate * seconds)))


def _windows(time, window, enough=50):
    parts = [part.to_numpy() for _, part in pd.Series(time).groupby(time // window)]
    return [np.diff(part) for part in parts if len(part) >= enough]


def test_local_cv_by_hand():
    # Gaps of 1 s and 3 s in turn: mean 2, deviation 1 (599 gaps, one 1 more than 3).
    time = np.cumsum(np.tile([1.0, 3.0], 3_000))
    assert local_cv(time, 1_200) == pytest.approx(0.5, abs=1e-3)


def test_local_cv_is_the_median_of_windows(traffic):
    gaps = _windows(traffic.time, 900)
    assert local_cv(traffic.time, 900) == pytest.approx(
        np.median([g.std() / g.mean() for g in gaps])
    )
    assert len(gaps) < len(_windows(traffic.time, 900, enough=1))


def test_local_cv_of_bursts():
    rng = np.random.default_rng(1)
    shape = 0.25
    # Gamma gaps have CV 1 / sqrt(shape) = 2; a finite window shows a little less.
    time = np.cumsum(rng.gamma(shape, 1 / shape, 200_000))
    assert local_cv(time, 3_600) == pytest.approx(2, rel=0.03)


def test_a_rate_that_differs_between_windows_is_no_burst():
    slow, fast = _poisson(0.2, 20 * HOUR), _poisson(5.0, 20 * HOUR, seed=1) + 20 * HOUR
    time = np.concatenate([slow, fast])
    assert local_cv(time, 600) == pytest.approx(1, abs=0.02)
    assert abs(local_memory(time, 600)) < 0.02
    assert np.diff(time).std() / np.diff(time).mean() > 2


def test_memory_in_one_window_is_the_correlation_of_neighbours():
    rng = np.random.default_rng(2)
    gap = rng.exponential(1, 400)
    gap = gap[1:] + 0.8 * gap[:-1]
    parts = np.array_split(gap, 5)
    time = np.concatenate([np.cumsum(p) + 10_000 * i for i, p in enumerate(parts)])
    gaps = [g / g.mean() for g in _windows(time, 10_000)]
    assert len(gaps) == 5
    first = np.concatenate([g[:-1] - g[:-1].mean() for g in gaps])
    second = np.concatenate([g[1:] - g[1:].mean() for g in gaps])
    expected = (first * second).sum() / np.sqrt((first**2).sum() * (second**2).sum())
    assert local_memory(time, 10_000) == pytest.approx(expected)
    alone = [pearsonr(g[:-1], g[1:]).statistic for g in gaps]
    assert local_memory(time, 10_000) == pytest.approx(np.mean(alone), abs=0.05)
    assert local_memory(time, 10_000) > 0.3


def test_no_memory_without_variation():
    with pytest.raises(NotMeasurableError, match="equal"):
        local_memory(np.arange(0, 6_000, 5.0), 600)


@pytest.mark.parametrize("measure", [local_cv, local_memory])
@pytest.mark.parametrize("time", [np.array([5.0]), np.arange(0, DAY, 300.0)])
def test_too_few_arrivals(measure, time):
    with pytest.raises(NotMeasurableError):
        measure(time, 600)


def test_whole_intervals_only():
    time = np.array([30.0, 65.0, 119.9, 120.0, 305.0])
    # Minutes 1 to 4 are whole; the request at 120 s belongs to minute 2.
    assert whole(time, 60)[0] == 1
    assert whole(time, 60)[1].tolist() == [2, 1, 0, 0]
    assert whole(time, 60, within=60)[1].tolist() == []


def test_fano_against_pandas(traffic, plain):
    counts = plain.set_index("timestamp").resample("60s").size()
    hours = counts.groupby(counts.index.floor("h"))
    ratio = (hours.var() / hours.mean()).iloc[1:-1]
    assert fano(traffic.time) == pytest.approx(ratio.mean())


def test_fano_by_hand():
    # Every other minute holds 2 requests: mean 1, variance 60 / 59.
    minutes = np.repeat(np.arange(0, 6 * 60, 2), 2)
    time = minutes * 60.0 + np.tile([10.0, 20.0], len(minutes) // 2)
    assert fano(time) == pytest.approx(60 / 59)


def test_empty_hours_do_not_count():
    time = _poisson(0.5, 5 * HOUR)
    late = np.concatenate([time, time + 30 * HOUR])
    assert fano(late) == pytest.approx(fano(time), rel=0.1)


def test_fano_of_too_little():
    with pytest.raises(NotMeasurableError, match="3 whole hours"):
        fano(_poisson(1, 2 * HOUR))


def _slow_dfa(series):
    total = np.cumsum(series - np.mean(series))
    lengths = sorted({int(n) for n in np.geomspace(10, len(series) // 4, 16)})
    rest, weight = [], []
    for n in lengths:
        squares = []
        for i in range(len(total) // n):
            part = total[i * n : (i + 1) * n]
            line = np.polyval(np.polyfit(np.arange(n), part, 1), np.arange(n))
            squares.append(((part - line) ** 2).mean())
        rest.append(np.sqrt(np.mean(squares)))
        weight.append(len(squares))
    # Weighted least squares by hand.
    x, y, w = np.log(lengths), np.log(rest), np.array(weight)
    x, y = x - np.average(x, weights=w), y - np.average(y, weights=w)
    return (w * x * y).sum() / (w * x * x).sum()


def test_dfa_against_a_loop():
    series = np.random.default_rng(3).normal(size=1_008)
    assert dfa(series) == pytest.approx(_slow_dfa(series))


def _noise(exponent, many, seed):
    """Noise whose power falls with frequency to the ``2 H - 1``."""
    rng = np.random.default_rng(seed)
    power = np.fft.rfftfreq(many)
    power[0] = power[1]
    shape = rng.normal(size=len(power)) + 1j * rng.normal(size=len(power))
    return np.fft.irfft(shape * power ** (0.5 - exponent), many)


@pytest.mark.parametrize("exponent", [0.5, 0.75, 1.0])
def test_dfa_of_known_memory(exponent):
    found = [dfa(_noise(exponent, 4_096, seed)) for seed in range(8)]
    assert np.mean(found) == pytest.approx(exponent, abs=0.04)


def test_slots():
    # Hour 23 of Friday, hour 0 of Saturday, hour 0 of the next Monday.
    hours = slots(0, 200, HOUR)
    assert (hours[24 * 5 - 1], hours[24 * 5], hours[24 * 7]) == (23, 24, 0)


def test_hurst_divides_day_and_week_out(traffic, plain):
    counts = plain.set_index("timestamp").resample("600s").size().iloc[1:-1]
    weekend = counts.index.day_of_week >= 5
    level = counts / counts.groupby([counts.index.hour, weekend]).transform("mean")
    assert hurst(traffic.time) == pytest.approx(dfa(level.to_numpy()))
    assert hurst(traffic.time) < 0.6
    assert dfa(counts.to_numpy(float)) > 0.8


def test_hurst_keeps_what_is_no_profile():
    rng = np.random.default_rng(4)
    level = np.exp(np.clip(_noise(0.9, 14 * 144, 9) * 8, -2, 2))
    counts = rng.poisson(100 * level)
    time = np.sort(
        np.repeat(np.arange(len(counts)), counts) * 600 + rng.uniform(0, 600, counts.sum())
    )
    assert 0.75 < hurst(time) < 1.1


def test_hurst_with_empty_nights():
    time = _poisson(0.2, 14 * DAY)
    time = time[time // HOUR % 24 >= 8]
    assert 0.3 < hurst(time) < 0.6


def test_hurst_needs_a_week():
    with pytest.raises(NotMeasurableError, match="7 days"):
        hurst(_poisson(0.1, 6 * DAY))
    assert hurst(_poisson(0.1, 7 * DAY)) < 0.7
