"""Ids: a bijection that hides the order in which things were numbered, and whose they are."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import spearmanr
from sklearn.metrics import roc_auc_score

from shamcrowd.recording.errors import UsageError
from shamcrowd.simulator.core.handles import CAMPAIGN_BIT, MOST, Counter, Ids
from shamcrowd.simulator.core.streams import Streams

KINDS = (
    "account",
    "address",
    "device",
    "card",
    "phone",
    "mailbox",
    "session",
    "conversation",
    "request",
)
REPEATABLE = settings(derandomize=True, max_examples=80)


@REPEATABLE
@given(
    st.integers(0, 2**32),
    st.sampled_from(KINDS),
    st.lists(st.integers(0, 2**31 - 1), unique=True, max_size=20),
)
def test_ids_are_one_to_one_and_never_negative(seed, kind, handles):
    # Each number with its fellow in every other half, quarter, … of the range.
    every = np.unique([h ^ (1 << bit) for h in handles for bit in range(31)] + handles)
    ids = Ids(Streams(seed), kind)(every.astype(np.int64))
    assert ids.dtype == np.int32
    assert len(np.unique(ids)) == len(every)
    assert (ids >= 0).all()


@REPEATABLE
@given(st.integers(0, 2**32), st.lists(st.integers(0, 2**31 - 1), min_size=1, max_size=20))
def test_an_id_hangs_on_its_own_handle_alone(seed, handles):
    ids = Ids(Streams(seed), "account")
    assert [int(ids(h)) for h in handles] == ids(np.array(handles)).tolist()


@pytest.mark.parametrize("seed", range(4))
def test_kinds_and_seeds_number_apart(seed):
    handles = np.arange(500)
    known = [Ids(Streams(seed), kind)(handles) for kind in KINDS]
    known.append(Ids(Streams(seed + 100), "account")(handles))
    for number, one in enumerate(known):
        for other in known[number + 1 :]:
            assert (one == other).sum() < 3


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("kind", ["account", "conversation"])
def test_ids_tell_neither_order_nor_side(seed, kind):
    """Neither an id's rank nor any of its bits tells when it was dealt, or to whom."""
    count = 4000
    ids = Ids(Streams(seed), kind)
    honest = ids(Counter().take(count))
    sham = ids(Counter(1, of=3, campaign=True).take(count))
    assert abs(spearmanr(np.arange(count), honest).statistic) < 0.08
    assert abs(spearmanr(np.arange(count), sham).statistic) < 0.08
    both = np.concatenate([honest, sham])
    guilty = np.repeat([0, 1], count)
    assert roc_auc_score(guilty, both) == pytest.approx(0.5, abs=0.04)
    for bit in range(31):
        ones = (both >> bit) & 1
        assert roc_auc_score(guilty, ones) == pytest.approx(0.5, abs=0.04), bit


@pytest.mark.parametrize("seed", range(6))
def test_ids_of_neighbours_are_no_fixed_step_apart(seed):
    """Or one known pair would give away who signed up next to whom."""
    ids = Ids(Streams(seed), "account")
    for handles in (np.arange(4000), CAMPAIGN_BIT | np.arange(4000)):
        known = ids(handles).astype(np.int64)
        steps, times = np.unique(np.diff(known) % 2**31, return_counts=True)
        assert len(steps) > 3900
        assert times.max() < 4


@REPEATABLE
@given(st.integers(1, 9), st.lists(st.integers(0, 40), max_size=5), st.booleans())
def test_counters_of_one_region_share_it_without_gap_or_clash(of, batches, campaign):
    counters = [Counter(number, of, campaign=campaign) for number in range(of)]
    dealt = [np.concatenate([c.take(n) for n in [*batches, 0]]) for c in counters]
    every = np.concatenate(dealt)
    region = CAMPAIGN_BIT if campaign else 0
    assert sorted(every.tolist()) == [region | n for n in range(len(every))]
    assert all(counter.count == sum(batches) for counter in counters)


def test_the_last_number_of_a_region_is_given_and_no_more():
    counter = Counter(1, of=4)
    counter.count = MOST // 4 - 1
    assert counter.take(1).tolist() == [MOST - 3]
    assert counter.take(0).tolist() == []
    with pytest.raises(UsageError, match="smaller scale"):
        counter.take(1)
