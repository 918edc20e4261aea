"""Numbers and settings as people read them."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from shamcrowd.benchmark.charts import formatting


@given(st.floats(0, 1))
def test_a_percentage_never_says_all_or_nothing_of_some(share):
    said = formatting.percent(share)
    assert (said == "100 %") == (share == 1.0)
    assert (said == "0 %") == (share == 0.0)
    if said != "over 99 %":
        assert math.isclose(float(said[:-2]) / 100, share, rel_tol=0.06)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text("aä0 :-#'\""),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("ab", min_size=1), inner),
    max_leaves=8,
)


# The first call loads the YAML library, which takes longer than the usual deadline.
@settings(deadline=None)
@given(st.dictionaries(st.text("abc", min_size=1), VALUES, min_size=1))
def test_settings_can_be_read_back(given_settings):
    assert YAML(typ="safe", pure=True).load(formatting.as_yaml(given_settings)) == given_settings


def test_zero_is_zero_and_not_false():
    said = formatting.as_yaml({"busy": False, "one": 1, "surge": 0.0})
    assert said == "busy: false\none: 1\nsurge: 0.0"


@pytest.mark.parametrize(
    ("value", "unit", "said"), [(1e-9, "share", "0.000"), (0, "hours", "0.0 h")]
)
def test_small_numbers(value, unit, said):
    assert formatting.figure(value, unit) == said
