"""The strongest detector of one number: which form it takes, and that it does not overfit."""

import numpy as np
import pytest

from shamcrowd.benchmark.world_checks.audit.cells import divide
from shamcrowd.benchmark.world_checks.audit.one_rule import FORMS, judge_rule, likelihood

HONEST, SHAMS = 6000, 200
SHAM = np.arange(HONEST + SHAMS) < SHAMS


def judged(values, ordered=True):
    cells = divide(values, ordered)
    fold = np.random.default_rng(0).permutation(len(values)) % 2
    counts = np.zeros((2, 2, cells.many))
    np.add.at(counts, (fold, SHAM.astype(int), cells.code), 1)
    return judge_rule(cells, counts[:, 1:], counts[:, :1])


@pytest.fixture
def noise():
    return np.random.default_rng(1).normal(size=HONEST + SHAMS)


@pytest.mark.parametrize(
    ("plant", "form"),
    [
        (lambda v: np.where(SHAM, v + 12, v), "higher"),
        (lambda v: np.where(SHAM, v - 12, v), "lower"),
        (lambda v: np.where(SHAM, 0.25, v), "values"),
        (lambda v: np.where(SHAM, np.nan, v), "values"),
        (lambda v: np.where(SHAM, v / 500, np.where(np.abs(v) < 0.05, 3, v)), "values"),
        (lambda v: np.where(SHAM, 2.0, np.floor(np.abs(v) * 1e6) % 2), "higher"),
    ],
    ids=["high", "low", "one value", "missing", "a narrow range", "a count"],
)
def test_the_form_that_finds_it(noise, plant, form):
    found = judged(plant(noise))
    assert found.recall[0].value[0] > 0.95
    assert found.auc[0] > 0.97
    if form != "higher":
        assert FORMS[found.form[0]] == form


def test_a_level_that_only_shams_have(noise):
    level = np.floor(np.abs(noise) * 1e6) % 5
    found = judged(np.where(SHAM & (noise > 0), 7.0, level), ordered=False)
    assert found.recall[0].value[0] == pytest.approx((noise[:SHAMS] > 0).mean(), abs=0.02)


@pytest.mark.parametrize("ordered", [True, False])
def test_noise_reaches_what_chance_does(ordered):
    """Over many rules the mean is the false-positive rate, and no interval starts above 2 %."""
    rng = np.random.default_rng(2)
    low, one = [], []
    for number in range(60):
        values = rng.normal(size=HONEST + SHAMS) * 3 ** (number % 5)
        values = np.round(values) if number % 2 or not ordered else values
        recall = judged(values, ordered).recall
        low.append(recall[0].value[0])
        one.append(recall[1].value[0])
        assert recall[0].low[0] < 0.02
    assert np.mean(low) < 0.003
    assert 0.005 < np.mean(one) < 0.015


def test_a_rare_event_half_of_the_shams_have(noise):
    """A tenth of the honest accounts at the threshold have it too."""
    values = np.where(SHAM, np.where(noise > 0, 1.0, 0.0), np.where(noise > 3.2, 1.0, 0.0))
    found = judged(values)
    have = (noise[:SHAMS] > 0).mean()
    assert found.recall[0].value[0] == pytest.approx(have, abs=0.03)
    # Nine tenths of the shams found would have an AUC of 0.95: why it is not what is judged.
    assert found.auc[0] == pytest.approx(0.5 + have / 2, abs=0.001)


def test_fewer_accounts_weigh_less_than_the_range_that_they_are_in():
    """A single sham account with a value of its own raises that value's estimate a little."""
    cells = divide(np.array([1.0] * 9 + [2.0] * 3 + [np.nan] * 3), ordered=True)
    sham = np.array([[[0.0, 0.0, 3.0]]])
    honest = np.array([[[3.0, 9.0, 0.0]]])
    rate = likelihood(cells, sham, honest)[0, 0]
    assert rate[2] > 0.7 > 0.2 > rate[1]
    without = likelihood(cells, sham, honest, less_sham=1)[0, 0]
    assert (without <= rate).all()
