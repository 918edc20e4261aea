"""Further addresses of accounts stand beside those that they have."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from shamcrowd.simulator.core.streams import Streams
from shamcrowd.simulator.platform.account_batch import AccountBatch
from shamcrowd.simulator.populations.households import extend_addresses
from shamcrowd.simulator.supply.identities import names
from shamcrowd.simulator.supply.places import LOCALE_OF


def blank(count):
    place = np.zeros(count, np.int8)
    people = names(Streams(1)("names"), LOCALE_OF[place])
    return AccountBatch.blank(np.arange(count, dtype=np.int64), place, people)


def addresses_of(batch):
    return [
        batch.address_list[start : start + many].tolist()
        for start, many in zip(batch.slot, batch.slots, strict=True)
    ]


@given(st.integers(1, 5), st.integers(1, 3), st.lists(st.integers(0, 4), max_size=9), st.booleans())
def test_each_keeps_what_it_has_and_gets_what_is_new(count, each, more, shared):
    batch = blank(count)
    batch.own_addresses([np.arange(count) + 100 * n for n in range(each)])
    if shared:
        # Accounts of one firm may have the same addresses.
        batch.slot = np.zeros(count, np.int64)
    before = addresses_of(batch)
    who = np.sort(np.array([n % count for n in more], np.int64))
    extend_addresses(batch, who, 1000 + np.arange(len(who)))
    for place, (old, new) in enumerate(zip(before, addresses_of(batch), strict=True)):
        assert new == old + (1000 + np.flatnonzero(who == place)).tolist()
