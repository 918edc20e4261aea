"""The sample of each account hangs on its rows alone."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from shamcrowd.detectors.content.lowest import BottomK

ROWS = st.lists(st.tuples(st.integers(0, 1), st.integers(0, 5), st.integers(0, 5)), max_size=30)


KEYS = np.array([0, 1, 2**30, 2**30 + 1, 2**50, 2**64 - 1], np.uint64)
"""Two pairs differ only in the bits that one value to sort by has no room for."""


def columns(rows, keys=KEYS):
    place, key, value = np.array(rows, np.int64).reshape(-1, 3).T
    return place, keys[key], value.astype(np.uint64)


@settings(deadline=None, derandomize=True)
@given(ROWS, st.data(), st.sampled_from([KEYS, KEYS[[0, 2, 4, 5]][[0, 1, 2, 3, 3, 3]]]))
def test_any_order_and_any_cut_give_the_lowest_keys(rows, data, keys):
    hash64 = data.draw(st.permutations(rows))
    cut = data.draw(st.integers(0, len(rows)))
    lowest = BottomK(3)
    for accounts, part in ((4, hash64[:cut]), (6, hash64[cut:])):
        lowest.take(accounts, *columns(part, keys))
    told = [(place, int(keys[key]), value) for place, key, value in rows]
    expected = []
    for account in range(6):
        smallest = {}
        for place, key, value in sorted(told):
            if place == account:
                smallest.setdefault(key, value)
        expected += [(account, key, smallest[key]) for key in sorted(smallest)[:3]]
    held = zip(lowest.places.tolist(), lowest.keys.tolist(), lowest.values.tolist(), strict=True)
    assert list(held) == expected


def test_a_smaller_value_of_the_highest_key_held_takes_its_place():
    lowest = BottomK(2)
    for rows in ([(0, 3, 9), (0, 5, 9)], [(0, 5, 1)]):
        lowest.take(1, *columns(rows))
    assert lowest.values.tolist() == [9, 1]


def test_more_accounts_than_fit_into_a_word_to_sort_by():
    lowest, many = BottomK(2), 2**24 + 2
    place = np.array([many - 1, 1, many - 1, 1])
    key, value = np.array([7, 9, 3, 5], np.uint64) << np.uint64(40), np.arange(4, dtype=np.uint64)
    lowest.take(many, place, key, value)
    assert lowest.places.tolist() == [1, 1, many - 1, many - 1]
    assert lowest.values.tolist() == [3, 1, 2, 0]
