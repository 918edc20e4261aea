"""Join counts: the moments are exact, chance names no cause, the true cause is named."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shamcrowd.simulator.campaigns.loss_attribution import (
    LEVEL,
    MIN_LOSSES,
    JoinCount,
    join_count,
    likely_cause,
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 3), min_size=4, max_size=9), st.data())
def test_mean_and_variance_are_those_over_all_ways_to_lose_as_many(codes, data):
    hits = data.draw(st.integers(0, len(codes)))
    codes = np.array(codes)
    found = []
    for which in combinations(range(len(codes)), hits):
        lost = np.zeros(len(codes), np.bool_)
        lost[list(which)] = True
        found.append(join_count(codes, lost))
    counts = np.array([one.found for one in found])
    assert found[0].mean == pytest.approx(counts.mean())
    assert found[0].variance == pytest.approx(counts.var(), abs=1e-9)


def test_who_has_none_of_a_kind_says_nothing():
    codes, lost = np.array([-1, -1, 4, 4, 5, 5]), np.array([True, True, True, True, False, False])
    assert join_count(codes, lost) == join_count(codes[2:], lost[2:])


@pytest.mark.parametrize("each", [2, 8, 40])
def test_chance_seldom_blames_anything(each):
    rng = np.random.default_rng(5)
    wrong = 0
    for _ in range(600):
        count, hits = int(rng.integers(60, 400)), int(rng.integers(MIN_LOSSES, 50))
        lost = np.zeros(count, np.bool_)
        lost[rng.permutation(count)[:hits]] = True
        codes = {kind: rng.integers(max(count // each, 2), size=count) for kind in ("a", "b", "c")}
        wrong += likely_cause([(codes, lost)]) is not None
    # Two standard errors above the level.
    assert wrong / 600 <= LEVEL + 2 * (LEVEL * (1 - LEVEL) / 600) ** 0.5


def burned(rng, count=200, each=4, share=0.3):
    """Accounts on devices of which some burn; their cards are dealt apart from the devices."""
    device = np.arange(count) // each
    card = rng.permutation(count) // each
    burns = rng.random(count // each + 1) < share
    return {"device": device, "card": card}, burns[device]


def test_blames_what_burned():
    rng = np.random.default_rng(6)
    found = [likely_cause([burned(rng)]) for _ in range(50)]
    assert found.count("device") >= 48
    assert "card" not in found


def test_few_losses_say_nothing():
    codes = {"device": np.repeat(np.arange(100), 4)}
    lost = np.arange(400) < MIN_LOSSES - 1
    assert likely_cause([(codes, lost)]) is None
    assert likely_cause([(codes, np.arange(400) < 2 * MIN_LOSSES)]) == "device"


def test_one_thing_for_all_is_never_blamed():
    codes = {"prompt": np.zeros(100, np.int64)}
    assert likely_cause([(codes, np.arange(100) < 40)]) is None


def test_customers_of_a_supplier_know_more_together():
    rng = np.random.default_rng(7)
    alone, together = 0, 0
    for _ in range(40):
        parts = [burned(rng, count=32, share=0.35) for _ in range(6)]
        alone += likely_cause(parts[:1]) == "device"
        together += likely_cause(parts) == "device"
    assert together >= alone + 5
    assert together >= 38


def test_campaigns_that_are_hit_unlike_each_other_blame_nothing_for_it():
    rng = np.random.default_rng(8)
    parts = []
    for share in (0.9, 0.1):
        lost = np.zeros(100, np.bool_)
        lost[rng.permutation(100)[: int(100 * share)]] = True
        parts.append(({"device": np.arange(100) // 5}, lost))
    assert likely_cause(parts) is None


def test_nothing_to_tell_has_chance_one():
    assert JoinCount(3.0, 3.0, 0.0).log_chance == 0.0
    assert JoinCount(1.0, 3.0, 2.0).log_chance == 0.0
