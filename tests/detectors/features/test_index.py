"""Places, pairs and peaks hold for any input."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shamcrowd.detectors.features.index import AccountIndex, EntityPairs, sharing
from shamcrowd.detectors.features.peaks import Peaks

ids = st.lists(st.integers(0, 2**31 - 1), unique=True, min_size=1, max_size=30)
pairs = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 2**31 - 1)), max_size=40)


@given(ids, st.integers(0, 30))
def test_places_are_those_of_first_appearance(values, cut):
    index = AccountIndex()
    for part in (values[:cut], values[cut:]):
        index.add(np.array(part, np.int32))
    assert index.of(np.array(values, np.int32)).tolist() == list(range(len(values)))
    ascending = [values.index(id_) for id_ in sorted(values)]
    assert index.of_ascending(np.array(sorted(values), np.int32)).tolist() == ascending


@pytest.mark.parametrize("unknown", [0, 6, 8])
def test_an_account_never_opened(unknown):
    index = AccountIndex()
    index.add(np.array([7, 5], np.int32))
    for look_up in (index.of, index.of_ascending):
        with pytest.raises(KeyError, match=f"account {unknown} "):
            look_up(np.sort(np.array([5, unknown], np.int32)))


@given(st.lists(pairs, max_size=4))
def test_pairs_are_a_set(batches):
    kept = EntityPairs()
    for batch in batches:
        whose = np.array([p for p, _ in batch], np.int64)
        kept.add(whose, np.array([t for _, t in batch], np.int64))
    found = set(zip(kept.places.tolist(), kept.entities.tolist(), strict=True))
    assert found == {pair for batch in batches for pair in batch}
    assert len(found) == len(kept.places)


@given(pairs)
def test_sharing_counts_accounts(batch):
    batch = sorted(set(batch))
    users = {}
    for place, entity in batch:
        users.setdefault(entity, set()).add(place)
    expected = [
        max((len(users[t]) for p, t in batch if p == place), default=0) for place in range(10)
    ]
    got = sharing(np.array([p for p, _ in batch], np.int64),
                  np.array([t for _, t in batch], np.int64), 10)  # fmt: skip
    assert got.tolist() == expected


@given(
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 50)), max_size=40),
    st.lists(st.integers(0, 50), max_size=3),
)
def test_peaks_over_any_cuts(rows, cuts):
    peaks = Peaks(10)
    peaks.grow(4)
    edges = [-1, *sorted(cuts), 50]
    for low, high in pairwise(edges):
        part = sorted((p, t) for p, t in rows if low < t <= high)
        peaks.add(
            np.array([p for p, _ in part], np.int64), np.array([t for _, t in part], np.int64)
        )
    for place in range(4):
        units = [t // 10 for p, t in rows if p == place]
        assert peaks.peak[place] == max((units.count(u) for u in units), default=0)
        assert peaks.units[place] == len(set(units))
