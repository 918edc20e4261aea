"""Dense blocks of a tensor: by hand, against the optimum, a planted block, a null world."""

from __future__ import annotations

from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shamcrowd.detectors.graph.m_zoom import MZoom
from shamcrowd.detectors.graph.tensor_peeling import densest_block
from shamcrowd.recording.errors import DetectorError
from shamcrowd.recording.samples import START, sample_log
from shamcrowd.recording.units import MS_PER_DAY, MS_PER_HOUR
from shamcrowd.recording.view import LogView

ENTRIES = st.sets(
    st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(0, 2)), min_size=1
).map(lambda cells: np.array(sorted(cells)).T)


def density(entries, inside):
    there = np.logical_and.reduce([i[codes] for i, codes in zip(inside, entries, strict=True)])
    return there.sum() * len(entries) / max(sum(i.sum() for i in inside), 1)


def optimum(entries, sizes):
    """The highest density of any block, by trying every one."""
    parts = [
        [np.isin(np.arange(size), some) for k in range(1, size + 1)
         for some in combinations(range(size), k)]
        for size in sizes
    ]  # fmt: skip
    return max(density(entries, inside) for inside in product(*parts))


def test_a_block_by_hand():
    # Accounts 0 to 2 on things 0 and 1 on day 0: 6 entries of 3 + 2 + 1 values, density 3. With
    # account 3 on thing 1 on day 1: 7 * 3 / (4 + 2 + 2) = 2.625.
    block = [(a, t, 0) for a in range(3) for t in range(2)]
    found = densest_block(np.array([*block, (3, 1, 1)]).T, (4, 2, 2))
    assert [i.tolist() for i in found.inside] == [[True] * 3 + [False], [True] * 2, [True, False]]
    assert found.density == pytest.approx(3.0)
    # Account 3 goes with one entry, the others with two.
    assert found.level[0].tolist() == [2, 2, 2, 1]


@pytest.mark.parametrize("fine", [0, 100])
@given(ENTRIES)
@settings(max_examples=30, deadline=None)
def test_at_least_a_third_of_the_optimum(fine, entries):
    given = entries.copy()
    found = densest_block(entries, (4, 4, 3), fine)
    assert found.density == pytest.approx(density(entries, found.inside))
    assert found.density >= optimum(entries, (4, 4, 3)) / 3 - 1e-9
    assert (entries == given).all()


@given(ENTRIES, st.integers(0, 2**32 - 1))
@settings(max_examples=40, deadline=None)
def test_other_numbers_give_the_same_block(entries, seed):
    rng = np.random.default_rng(seed)
    sizes = (4, 4, 3)
    names = [rng.permutation(size) for size in sizes]
    other = np.stack([name[codes] for name, codes in zip(names, entries, strict=True)])
    one, two = densest_block(entries, sizes), densest_block(other, sizes)
    assert one.density == pytest.approx(two.density)
    for mode in range(3):
        assert (one.inside[mode] == two.inside[mode][names[mode]]).all()
        assert (one.level[mode] == two.level[mode][names[mode]]).all()


@pytest.mark.parametrize("fine", [0, 10_000])
def test_a_planted_block_is_found_among_noise(fine):
    rng = np.random.default_rng(3)
    noise = np.stack([rng.integers(3000, size=9000), rng.integers(20, 2500, size=9000),
                      rng.integers(14, size=9000)])  # fmt: skip
    block = np.stack(np.meshgrid(np.arange(50), np.arange(20), [3])).reshape(3, -1)
    entries = np.unique(np.concatenate([noise, block], axis=1), axis=1)
    found = densest_block(entries, (3000, 2500, 14), fine)
    assert found.density >= 0.95 * 1000 * 3 / (50 + 20 + 1)
    accounts, things, days = found.inside
    assert np.flatnonzero(accounts).tolist() == list(range(50))
    assert things[:20].all()
    assert days[3]


def test_without_an_entry_there_is_no_block():
    found = densest_block(np.empty((3, 0), np.int64), (2, 2, 2))
    assert found.density == 0
    assert not any(inside.any() for inside in found.inside)


def test_the_planted_crowd_comes_first():
    log = sample_log()
    found = MZoom().review(LogView(log, log.start + 3 * MS_PER_DAY))
    crowd = np.isin(found.account, log.crowd)
    assert found.score[crowd].min() > 1 >= found.score[~crowd].max()
    assert all("block of 12 accounts" in found.reason[i] for i in np.flatnonzero(crowd))
    assert (found.cluster[crowd] == 0).all()


def of_devices(changed, devices, hours=None):
    """Scores where accounts have these devices from sign-up on, and share nothing else."""
    n = len(devices)
    tables = sample_log().tables["accounts"]
    rest = np.arange(n, len(tables))
    created = START + np.r_[np.zeros(n) if hours is None else hours, rest * 0.01] * MS_PER_HOUR
    log = changed(
        accounts={"device": np.r_[devices, 1000 + rest], "created": created.astype(np.int64),
                  "organisation": np.arange(len(tables))},
        activity=None, requests=None,
    )  # fmt: skip
    found = MZoom().review(LogView(log, START + 3 * MS_PER_DAY))
    order = {a: i for i, a in enumerate(found.account.tolist())}
    return found.score[[order[a] for a in tables["account"].to_pylist()[:n]]]


def test_the_cap_of_a_thing(changed):
    assert (of_devices(changed, [5] * 60) > 1).all()
    assert not of_devices(changed, [5] * 61).any()


def test_a_block_has_three_accounts(changed):
    assert (of_devices(changed, [5, 5]) == 1 / 2).all()
    assert (of_devices(changed, [5, 5, 5]) > 1).all()


def test_days_thin_a_block_out(changed):
    together = of_devices(changed, [5] * 6)
    apart = of_devices(changed, [5] * 6, np.arange(6) * 11.9)
    # Six entries over the mean of 6 accounts, 1 thing and 1 or 3 days.
    assert together == pytest.approx(1 + 18 / 8)
    assert apart == pytest.approx(1 + 18 / 10)


@pytest.mark.parametrize("settings", [{"hours": 0}, {"blocks": 0}])
def test_settings_below_one_are_refused(settings):
    with pytest.raises(DetectorError, match="at least 1 each"):
        MZoom(**settings)
