"""Sums by group against pandas."""

from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from shamcrowd.benchmark.world_checks.realism.grouping import gaps, runs, variation

ROWS = st.lists(st.tuples(st.integers(0, 6), st.floats(0.1, 1e6)), min_size=1, max_size=60)


@given(ROWS)
def test_variation(rows):
    group, value = (np.array(column) for column in zip(*rows, strict=True))
    count, mean, cv = variation(value, group)
    frame = pd.Series(value).groupby(group)
    used = count > 0
    assert_allclose(count[used], frame.size())
    assert_allclose(mean[used], frame.mean())
    assert_allclose(cv[used], frame.std(ddof=0) / frame.mean(), atol=1e-9)
    assert np.isnan(cv[~used]).all()


@given(ROWS)
def test_gaps(rows):
    group, time = (np.array(column) for column in zip(*sorted(rows), strict=True))
    gap, of = gaps(time, group)
    expected = pd.Series(time).groupby(group).diff().dropna()
    assert_allclose(gap, expected)
    assert (of == group[expected.index]).all()


def test_runs_of_one_row():
    assert runs(np.array([3])).tolist() == [0]
