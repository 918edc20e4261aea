"""AUC and its interval."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import roc_auc_score

from shamcrowd.benchmark.world_checks.audit.separation import Z95, ranked, separate
from shamcrowd.benchmark.world_checks.audit.separation import given as present


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 3), st.one_of(st.none(), st.integers(-3, 3), st.floats(-9, 9))),
        min_size=4, max_size=60,
    )
)  # fmt: skip
def test_it_is_the_auc_with_ties_and_missing_values(cells):
    """Two campaigns (0, 1) against two segments (2, 3), singly and together."""
    group = np.array([g for g, _ in cells])
    values = np.array([np.nan if v is None else v for _, v in cells], np.float64)
    found = separate(ranked(values, group, 4).counts, 2)
    plain = np.nan_to_num(values, nan=-1e9)
    for campaign in (0, 1):
        for column, legitimate in enumerate(((2, 3), (2,), (3,))):
            sham, other = group == campaign, np.isin(group, legitimate)
            assert found.sham[campaign, column] == sham.sum()
            assert found.legitimate[campaign, column] == other.sum()
            if min(sham.sum(), other.sum()) < 2:
                assert np.isnan(found.auc[campaign, column])
                continue
            used = sham | other
            auc = roc_auc_score(sham[used], plain[used])
            assert found.auc[campaign, column] == pytest.approx(auc, abs=1e-12)


def delong(sham, legitimate):
    """The standard error by its definition, placement by placement."""
    wins = (sham[:, None] > legitimate) + 0.5 * (sham[:, None] == legitimate)
    return np.sqrt(
        wins.mean(axis=1).var(ddof=1) / len(sham) + wins.mean(axis=0).var(ddof=1) / len(legitimate)
    )


def test_the_standard_error_is_delongs():
    rng = np.random.default_rng(3)
    for spread in (1, 4, 1000):
        sham = np.round(rng.normal(0.7, 1, 37) * spread)
        legitimate = np.round(rng.normal(0, 1, 90) * spread)
        values = np.concatenate([sham, legitimate])
        group = np.repeat([0, 1], [37, 90])
        error = separate(ranked(values, group, 2).counts, 1).error[0, 0]
        assert error == pytest.approx(delong(sham, legitimate), rel=1e-9)


@pytest.mark.parametrize(("shift", "auc"), [(0.0, 0.5), (0.954, 0.75), (1.812, 0.9)])
def test_the_interval_covers_about_95_percent(shift, auc):
    rng = np.random.default_rng(11)
    group = np.repeat([0, 1], [40, 200])
    covered = 0
    for _ in range(600):
        values = rng.normal(size=240) + shift * (group == 0)
        found = separate(ranked(values, group, 2).counts, 1)
        covered += abs(found.auc[0, 0] - auc) <= Z95 * found.error[0, 0]
    assert 0.91 <= covered / 600 <= 0.98


def test_without_the_missing():
    values = np.array([np.nan, 5.0, 7.0, np.nan, 6.0])
    whole = ranked(values, np.array([0, 0, 1, -1, 1]), 2)
    assert whole.codes.tolist() == [0, 1, 3, -1, 2]
    left = present(whole)
    assert left.codes.tolist() == [-1, 0, 2, -1, 1]
    assert left.counts.tolist() == [[1, 0, 0], [0, 1, 1]]
