"""The sample of each account hangs on its rows alone."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from detectors.content.lowest import Lowest

ROWS = st.lists(st.tuples(st.integers(0, 1), st.integers(0, 5), st.integers(0, 5)), max_size=30)


def columns(rows):
    place, key, value = np.array(rows, np.int64).reshape(-1, 3).T
    return place, key.astype(np.uint64), value.astype(np.uint64)


@settings(deadline=None, derandomize=True)
@given(ROWS, st.data())
def test_any_order_and_any_cut_give_the_lowest_keys(rows, data):
    mixed = data.draw(st.permutations(rows))
    cut = data.draw(st.integers(0, len(rows)))
    lowest = Lowest(3)
    for accounts, part in ((4, mixed[:cut]), (6, mixed[cut:])):
        lowest.take(accounts, *columns(part))
    expected = []
    for account in range(6):
        smallest = {}
        for place, key, value in sorted(rows):
            if place == account:
                smallest.setdefault(key, value)
        expected += [(account, key, smallest[key]) for key in sorted(smallest)[:3]]
    held = zip(lowest.places.tolist(), lowest.keys.tolist(), lowest.values.tolist(), strict=True)
    assert list(held) == expected


def test_a_smaller_value_of_the_highest_key_held_takes_its_place():
    lowest = Lowest(2)
    for rows in ([(0, 3, 9), (0, 5, 9)], [(0, 5, 1)]):
        lowest.take(1, *columns(rows))
    assert lowest.values.tolist() == [9, 1]
