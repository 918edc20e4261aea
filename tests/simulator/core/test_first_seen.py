"""Of each id the first moment is kept, in whatever order moments are given."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from shamcrowd.simulator.core.first_seen import FirstSeen

REPEATABLE = settings(derandomize=True, max_examples=100, deadline=None)
USES = st.lists(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 1000)), max_size=8))


def earliest(batches):
    first = {}
    for thing, time in (use for batch in batches for use in batch):
        first[thing] = min(first.get(thing, time), time)
    return first


@REPEATABLE
@given(USES, st.integers(0, 1000))
def test_uses_give_each_thing_s_first_moment(batches, before):
    uses = FirstSeen()
    for batch in batches:
        ids = np.array([thing for thing, _ in batch] + [-1], np.int32)
        uses.note(ids, np.array([time for _, time in batch] + [0], np.int64))
    ids, times = uses.first(before)
    expected = {i: t for i, t in earliest(batches).items() if t < before}
    assert dict(zip(ids.tolist(), times.tolist(), strict=True)) == expected
    assert len(ids) == len(expected)
