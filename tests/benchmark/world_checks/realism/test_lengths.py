"""Lengths against scipy."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import f_oneway, spearmanr

from shamcrowd.benchmark.scoring.not_measurable import NotMeasurableError
from shamcrowd.benchmark.world_checks.realism.lengths import (
    between_share,
    log_deviation,
    rank_correlation,
    tail,
)

RNG = np.random.default_rng(0)
LENGTH = np.ceil(np.exp(RNG.normal(5, 1.1, 5_000)))


def test_log_deviation():
    assert log_deviation(LENGTH) == pytest.approx(np.sqrt(np.var(np.log(LENGTH))))
    assert log_deviation(LENGTH) == pytest.approx(1.1, abs=0.03)


def test_tail():
    assert tail(LENGTH) == pytest.approx(np.percentile(LENGTH, 99) / np.percentile(LENGTH, 50))
    assert tail(np.full(100, 9.0)) == 1


@pytest.mark.parametrize("measure", [log_deviation, tail])
def test_failed_and_missing_lengths_say_nothing(measure):
    more = np.concatenate([LENGTH, np.zeros(900), np.full(900, np.nan)])
    assert measure(more) == measure(LENGTH)
    with pytest.raises(NotMeasurableError, match="100 lengths"):
        measure(np.concatenate([LENGTH[:99], np.zeros(900)]))


def test_rank_correlation():
    other = np.round(LENGTH * np.exp(RNG.normal(0, 2, len(LENGTH)))) + 1
    assert rank_correlation(LENGTH, other) == pytest.approx(spearmanr(LENGTH, other).statistic)
    other[:1_000] = 0
    expected = spearmanr(LENGTH[1_000:], other[1_000:]).statistic
    assert rank_correlation(LENGTH, other) == pytest.approx(expected)
    with pytest.raises(NotMeasurableError, match="both"):
        rank_correlation(LENGTH, np.zeros(len(LENGTH)))
    with pytest.raises(NotMeasurableError, match="equal"):
        rank_correlation(LENGTH, np.ones(len(LENGTH)))


def test_between_share_is_that_of_an_analysis_of_variance():
    client = RNG.choice(30, len(LENGTH), p=np.arange(1, 31) / 465)
    length = np.ceil(LENGTH * np.exp(client / 10))
    groups = [np.log(length[client == c]) for c in range(30)]
    f = f_oneway(*groups).statistic
    between, within = 29, len(length) - 30
    expected = f * between / (f * between + within)
    assert between_share(length, client) == pytest.approx(expected)
    assert 0.2 < expected < 0.6


def test_lengths_that_hang_on_nothing():
    client = RNG.integers(0, 50, len(LENGTH))
    assert between_share(LENGTH, client) == pytest.approx(49 / 4_999, abs=0.008)


def test_a_client_weighs_as_much_as_its_requests():
    length = np.exp(np.concatenate([np.zeros(100), np.tile([0.0, 2.0], 50)]))
    # Means 0 and 1, all 0.5: between 200 * 0.25 = 50, total 50 + 100 * 1 = 150.
    assert between_share(length, np.repeat([0, 1], 100)) == pytest.approx(1 / 3)


def test_failed_requests_and_their_clients_do_not_count():
    client = RNG.integers(0, 50, len(LENGTH))
    more = np.concatenate([LENGTH, np.zeros(50)])
    who = np.concatenate([client, np.arange(50, 100)])
    assert between_share(more, who) == pytest.approx(between_share(LENGTH, client))


def test_chance_alone_is_no_figure():
    with pytest.raises(NotMeasurableError, match="10 requests per client"):
        between_share(LENGTH, np.arange(len(LENGTH)) // 9)
    with pytest.raises(NotMeasurableError, match="equal"):
        between_share(np.full(500, 3.0), np.repeat([0, 1], 250))
