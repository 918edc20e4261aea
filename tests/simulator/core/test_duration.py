"""Durations come back from their text as they were."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from shamcrowd.simulator.core.duration import UNITS, parse, text


@settings(derandomize=True, max_examples=200)
@given(st.integers(0, 400 * UNITS["d"]))
@example(1_234_567)
@example(1_000_000_500)
def test_any_length_survives_its_text(milliseconds):
    assert parse(text(milliseconds)) == milliseconds


@pytest.mark.parametrize("unit", sorted(UNITS))
@given(st.integers(0, 1000))
def test_whole_units_survive_their_text(unit, count):
    assert parse(text(count * UNITS[unit])) == count * UNITS[unit] == parse(f"{count}{unit}")


@pytest.mark.parametrize(
    "bad", ["", "6", "h", "-6h", "6 h", "6hours", "1e3s", "6h30m", ".5h", "5.h", 6, 6.5, None, True]
)
def test_anything_else_is_refused(bad):
    with pytest.raises(PydanticCustomError, match="must be a duration"):
        parse(bad)
