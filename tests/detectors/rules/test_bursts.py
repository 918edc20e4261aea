"""The p-values hold where nobody attacks, and what is usual for a key is no burst."""

import numpy as np
import pytest
from scipy import stats

from shamcrowd.detectors.rules.bursts import SURE, KeyRates, surprise

KEYS, DAYS, WARM = 3000, 40, 3


def shares(law, rng):
    share = rng.gamma(0.3, size=KEYS) if law == "gamma" else 1 / np.arange(1, KEYS + 1) ** 1.1
    return share / share.sum()


@pytest.mark.parametrize("law", ["gamma", "zipf"])
def test_the_null_world_stays_at_its_rate(law):
    rng, told = np.random.default_rng(3), []
    for _ in range(10):
        past, share = KeyRates(), shares(law, rng)
        for day in range(DAYS):
            # Launch days with thrice the customers among them.
            keys = rng.choice(KEYS, size=rng.poisson(rng.choice([100, 300])), p=share)
            found = past.judge(keys, learn=True)
            if day >= WARM:
                told.append(np.repeat(found.surprise, found.count))
    every = np.concatenate(told)
    assert len(every) > 50_000
    for level in (1, 2, 3):
        rate = (every >= level).mean()
        assert 0 < rate <= 10.0**-level, "a p-value may not be too small, nor never be small"


def test_the_tail_is_that_of_the_gamma_poisson_law():
    count, past = np.array([1, 2, 9, 30]), np.array([0.0, 3.0, 3.0, 1.0])
    told = surprise(count, past, 500.0, 50, 0.7, 90.0)
    usual = stats.nbinom.sf(count - 2, 0.7 + past, (90 + 500) / (90 + 500 + 50))
    assert told == pytest.approx(-np.log10(usual), abs=1e-9)


def settled(counts, days=20):
    past = KeyRates()
    for _ in range(days):
        past.judge(np.repeat(np.arange(len(counts)), counts), learn=True)
    return past


def test_a_busy_key_is_explained_and_a_new_one_is_not():
    past = settled([60, 5, 1, 1, 1])
    found = past.judge(np.repeat([0, 5], [60, 20]), learn=False)
    assert found.surprise[0] < 1 < SURE < found.surprise[1]


def test_a_burst_teaches_nothing():
    past = settled([20, 5, 1])
    tops = [past.judge(np.repeat([0, 3], [20, 30]), learn=True).surprise[1] for _ in range(5)]
    assert min(tops) > SURE
    assert tops[-1] >= tops[0]


def test_without_a_past_nothing_is_said():
    assert not KeyRates().judge(np.zeros(50, np.int64), learn=True).surprise.any()
