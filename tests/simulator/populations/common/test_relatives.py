"""People who share things are found by place and time between sign-ups, across batches."""

import numpy as np
import pytest

from shamcrowd.recording.units import MS_PER_DAY, MS_PER_HOUR
from shamcrowd.simulator.core.streams import Streams
from shamcrowd.simulator.lifecycle.life_parameters import PERSON
from shamcrowd.simulator.platform.account_batch import AccountBatch
from shamcrowd.simulator.populations.common import relatives as module
from shamcrowd.simulator.populations.common.enrolment import Enrolment
from shamcrowd.simulator.populations.common.relatives import NOBODY, Relatives
from shamcrowd.simulator.populations.common.shared_infrastructure import SharedInfrastructure
from shamcrowd.simulator.supply.identities import names
from shamcrowd.simulator.supply.places import LOCALE_OF
from shamcrowd.simulator.supply.store import Owner, Supply


def _batch(created, place=0):
    created = np.array(created, np.int64)
    where = np.full(len(created), place, np.int8)
    rng = np.random.default_rng(1)
    batch = AccountBatch.blank(created, where, names(rng, LOCALE_OF[where]))
    batch.device = np.arange(len(created)) + 100 * (1 + place)
    return batch


@pytest.fixture
def apart(monkeypatch):
    """Set the time between two sign-ups to a constant, ms."""

    def constant(ms):
        class Constant:
            @staticmethod
            def draw(rng, count):
                return np.full(count, ms, np.int64)

        monkeypatch.setattr(module, "APART", Constant)

    return constant


def _found(relatives, batch, who):
    return relatives.find(np.random.default_rng(2), batch, np.array(who)).tolist()


def test_the_first_who_came_within_the_time_is_found(apart):
    batch = _batch([1000, 2000, 3000, 4000])
    apart(2000)
    assert _found(Relatives(), batch, [3]) == [1]
    apart(1999)
    assert _found(Relatives(), batch, [3]) == [2]


def test_if_nobody_came_within_it_the_last_before_is_found(apart):
    apart(5)
    assert _found(Relatives(), _batch([1000, 2000, 4000]), [2, 1, 0]) == [1, 0, NOBODY]


def test_relatives_live_in_the_same_place(apart):
    apart(10_000)
    relatives = Relatives()
    relatives.keep(_batch([500], place=3))
    assert _found(relatives, _batch([1000], place=2), [0]) == [NOBODY]
    assert _found(relatives, _batch([1000], place=3), [0]) == [0]


def test_who_signed_up_on_another_day_is_found_with_his_things(apart):
    apart(10)
    relatives = Relatives()
    relatives.keep(_batch([3000, 1000]))
    relatives.keep(_batch([2000]))
    later = _batch([2500, 6000])
    found = relatives.find(np.random.default_rng(2), later, np.array([0, 1]))
    # Of both batches the last before each: 2000, in the second, and 3000, in the first.
    assert found.tolist() == [2, 0]
    assert relatives.things("device", later, found).tolist() == [100, 100]
    assert len(relatives) == 3


def test_a_household_has_one_first_member():
    relatives = Relatives()
    relatives.keep(_batch([1]))
    # Kept: 0. Of the batch, 2 found 1 (row 2), and 1 found the kept one.
    assert relatives.roots(np.array([1, 2]), np.array([0, 2])).tolist() == [0, 0]
    none = np.empty(0, np.int64)
    assert relatives.roots(none, none).tolist() == []


@pytest.fixture(scope="module")
def enrolled():
    """Residents of 200 days and newcomers of 20 days of one population, in batches."""
    supply, owner = Supply(Streams(5)), Owner()
    shared = SharedInfrastructure(supply, owner, 12_000)
    rng = np.random.default_rng(3)
    days = [np.sort(rng.integers(200 * MS_PER_DAY, size=8000))]
    days += [
        np.sort((200 + d) * MS_PER_DAY + rng.integers(MS_PER_DAY, size=200)) for d in range(20)
    ]
    batches = []
    for number, created in enumerate(days):
        stream = Streams(5)("people", number)
        enrolment = Enrolment(stream, supply, owner, "casual", shared, {}, PERSON)
        batch = enrolment.new_batch(created)
        enrolment.assign_home_addresses(batch)
        enrolment.assign_personal_resources(batch)
        enrolment.assign_plans(batch, 0.4, 0.3, 0.3)
        enrolment.form_households(batch, 0.12)
        enrolment.remember(batch)
        batches.append(batch)
    return batches


def test_a_share_of_all_accounts_is_in_a_household(enrolled):
    cards = np.concatenate([batch.card for batch in enrolled])
    many = np.unique(cards, return_inverse=True, return_counts=True)
    # Half of those who join share the card, too, and all second accounts of one owner.
    assert 0.09 < (many[2][many[1]] > 1).mean() < 0.15


def test_sharers_sign_up_minutes_to_months_apart(enrolled):
    cards = np.concatenate([batch.card for batch in enrolled[1:]])
    created = np.concatenate([batch.created for batch in enrolled[1:]])
    every = np.concatenate([batch.card for batch in enrolled])
    since = np.concatenate([batch.created for batch in enrolled])
    first = {}
    for card, moment in zip(every.tolist(), since.tolist(), strict=True):
        first[card] = min(first.get(card, moment), moment)
    gap = created - np.array([first[card] for card in cards.tolist()])
    gap = gap[gap > 0] / MS_PER_HOUR
    shares = [(gap < 3).mean(), ((gap >= 3) & (gap < 96)).mean(), (gap >= 96).mean()]
    assert all(share > 0.12 for share in shares), shares


def test_some_accounts_are_second_ones_of_their_owner():
    supply, owner = Supply(Streams(6)), Owner()
    shared = SharedInfrastructure(supply, owner, 3000)
    enrolment = Enrolment(Streams(6)("people"), supply, owner, "casual", shared, {}, PERSON)
    batch = enrolment.new_batch(np.arange(6000) * MS_PER_HOUR)
    enrolment.assign_home_addresses(batch)
    enrolment.assign_personal_resources(batch)
    enrolment.assign_plans(batch, 0.4, 0.3, 0.3)
    _, first, which = np.unique(batch.card, return_index=True, return_inverse=True)
    again = np.flatnonzero(first[which] != np.arange(len(batch)))
    assert 0.02 < len(again) / len(batch) < 0.04
    head = first[which[again]]
    assert 0.6 < (batch.device[again] == batch.device[head]).mean() < 0.9
    home = batch.first_address
    assert (home[again] == home[head]).mean() > 0.9
    assert (batch.place[again] == batch.place[head]).all()
