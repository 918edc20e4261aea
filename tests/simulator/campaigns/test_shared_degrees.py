"""Groups drawn after honest accounts share things as those do."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from shamcrowd.simulator.campaigns.shared_degrees import KINDS, LARGEST, degrees, draw_groups
from shamcrowd.simulator.core.streams import Streams

PEOPLE = st.lists(
    st.tuples(*[st.integers(1, LARGEST + 3)] * len(KINDS)), min_size=1, max_size=30
)  # fmt: skip


def drawn_degrees(groups, kind):
    """How many accounts have each account's thing."""
    return degrees(groups.group * (LARGEST + 1) + groups.thing[kind])


@given(PEOPLE, st.integers(0, 200), st.integers(0, 50))
@settings(max_examples=60, deadline=None)
def test_no_thing_has_more_accounts_than_one_of_honest_people(people, count, seed):
    honest = np.array(people)
    groups = draw_groups(Streams(seed)("groups"), honest, count)
    small = np.where(honest > LARGEST, 1, honest)
    assert len(groups.group) == count
    for number, kind in enumerate(KINDS):
        assert (drawn_degrees(groups, kind) <= small[:, number].max()).all()
        large = (honest[:, number] > LARGEST).any()
        assert large or not groups.among_strangers[kind].any()


def test_degrees_are_distributed_as_those_of_honest_people():
    # Of a hundred: twenty couples with one home and one card, a family of five, the rest alone.
    honest = np.array([[2, 1, 2]] * 40 + [[5, 3, 1]] * 3 + [[5, 1, 1]] * 2 + [[1, 1, 1]] * 55)
    groups = draw_groups(Streams(1)("groups"), honest, 20_000)
    for number, kind in enumerate(KINDS):
        wanted = np.bincount(honest[:, number], minlength=6) / len(honest)
        got = np.bincount(drawn_degrees(groups, kind), minlength=6) / 20_000
        assert np.abs(got - wanted).max() < 0.02, kind


def test_above_the_largest_group_it_is_strangers_who_share():
    groups = draw_groups(Streams(1)("groups"), np.array([[LARGEST, LARGEST + 1, 1]]), 400)
    assert (drawn_degrees(groups, "address") == LARGEST).all()
    assert (drawn_degrees(groups, "device") == 1).all()
    assert groups.among_strangers["device"].all()
    assert not groups.among_strangers["address"].any()
