"""A fall of a ratio is seen in the history."""

import json

import pytest

from tests.speed.history import FALL, earlier, note


@pytest.mark.parametrize(("ratio", "warns"), [(0.5 * (1 - FALL), False), (0.449, True)])
def test_a_fall_below_the_earlier_median_is_told(tmp_path, ratio, warns):
    path = tmp_path / "build" / "history.jsonl"
    # An old low, and another bench: neither counts.
    for name, old in [("a", 0.1), *[("a", 0.5)] * 4, ("a", 0.9), ("b", 9.0)]:
        note(name, old, path)
    told = note("a", ratio, path)
    assert bool(told) == warns
    if warns:
        assert told == "a: ratio 0.45, 10% below 0.50 of earlier runs"
    assert earlier("a", path)[-1] == round(ratio, 4)
    assert set(json.loads(path.read_text().splitlines()[0])) == {"day", "commit", "bench", "ratio"}


def test_the_first_run_and_a_line_cut_short_warn_of_nothing(tmp_path):
    path = tmp_path / "history.jsonl"
    path.write_text('{"bench": "a", "rat\n[]\n')
    assert note("a", 0.4, path) == ""
    assert earlier("a", path) == [0.4]
