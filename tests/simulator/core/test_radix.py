"""Radix order is the stable order."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from shamcrowd.simulator.core.radix import stable_order


@pytest.mark.parametrize("kind", [np.int32, np.int64, np.uint32])
@pytest.mark.parametrize("most", [3, 2**16 - 1, 2**16, 2**31 - 1])
def test_like_a_stable_sort(kind, most):
    values = np.random.default_rng(most).integers(most, size=5000, endpoint=True).astype(kind)
    values[::7] = values[0]
    assert (stable_order(values) == np.argsort(values, kind="stable")).all()


@given(arrays.arrays(np.int64, st.integers(0, 30), elements=st.integers(0, 2**62)))
def test_any_numbers(values):
    assert stable_order(values).tolist() == np.argsort(values, kind="stable").tolist()
