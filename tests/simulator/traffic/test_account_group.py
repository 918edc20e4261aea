"""Who moves to a new model, and who is said to have seen its release."""

import numpy as np
import pytest

from shamcrowd.recording.units import NEVER
from shamcrowd.simulator.core.plans import SUBSCRIPTION, TRIAL
from shamcrowd.simulator.core.streams import Streams
from shamcrowd.simulator.traffic.account_group import AccountGroup, moods
from shamcrowd.simulator.traffic.roster import Roster
from shamcrowd.simulator.traffic.slice_messages import ModelShift, SliceOrder

HALF = 3000


class _Some:
    """Workloads of accounts, of which the first have one and the others three."""

    def __init__(self):
        self.account = np.repeat(np.arange(2 * HALF, dtype=np.int32), [1] * HALF + [3] * HALF)
        self.model = np.zeros(len(self.account), np.int8)
        self.next_model = self.model.copy()
        self.switch = np.zeros(len(self.account), np.int64)

    def __len__(self):
        return len(self.account)


@pytest.fixture
def group():
    made = AccountGroup.__new__(AccountGroup)
    made._streams, made._label, made.workloads = Streams(5), "test", _Some()
    return made


def test_accounts_with_many_workloads_move_as_often_as_others(group):
    seen, when = group.adopt(ModelShift("", 3, 1000, 0.35, 30.0), 0)
    assert len(when) == len(seen) == len(set(seen.tolist()))
    assert (seen < HALF).sum() / HALF == pytest.approx(0.35, abs=0.03)
    assert (seen >= HALF).sum() / HALF == pytest.approx(0.35, abs=0.03)


def test_who_moves_does_so_with_everything_at_once(group):
    seen, when = group.adopt(ModelShift("", 3, 1000, 0.35, 30.0), 0)
    made = group.workloads
    moved = np.isin(made.account, seen)
    assert (made.next_model[moved] == 3).all()
    assert (made.next_model[~moved] == 0).all()
    due = dict(zip(seen.tolist(), when.tolist(), strict=True))
    assert [due[a] for a in made.account[moved].tolist()] == made.switch[moved].tolist()


def test_an_account_belongs_to_whom_opened_it():
    roster = Roster(5.0, (1, 1, 1, 1))
    roster.groups, roster.group = ["", "farm"], np.array([0, 1, 0], np.int16)
    at = np.array([0, 1, 2], np.int32)
    assert roster.belong(at, "farm").tolist() == [False, True, False]
    assert roster.belong(at, "thieves").tolist() == [False] * 3


def test_a_person_is_there_for_all_that_he_does_or_for_none():
    rows = _Some()
    rows.account = np.array([1, 1, 1, 1, 2, 2, 2])
    rows.client = np.array([[5], [5], [6], [6], [6], [6], [6]])
    profile = np.array([0, 1, 0, 1, 1, 1, 2], np.int32)
    # Twins follow their work; customers of one profile have days of their own.
    assert moods(rows, profile).tolist() == [0, 0, 2, 2, 4, 5, 5]


@pytest.mark.parametrize(
    ("name", "out"),
    [
        # A campaign can leave the bills of paid plans unpaid and get anybody banned; trials are
        # not worth taking over.
        ("", [False, True, False, False]),
        ("hydra", [True, True, True, False]),
    ],
)
def test_draws_of_legitimate_accounts_depend_on_nothing_that_a_campaign_can_change(name, out):
    """Four accounts: unpaid, an unpaid trial, banned, and one with nothing against it."""
    made = AccountGroup.__new__(AccountGroup)
    made.name = name
    roster, begin, end = Roster(5.0, (20, 60, 60, 60)), 1000, 2000
    roster.unpaid = np.array([begin, begin, NEVER, begin + 1])
    roster.stop = np.full(4, NEVER)
    roster.plan = np.array([SUBSCRIPTION, TRIAL, SUBSCRIPTION, SUBSCRIPTION], np.int8)
    roster.banned_from = np.array([NEVER, NEVER, begin, begin + 1])
    roster.banned_until = np.array([NEVER, NEVER, end, end])
    assert made._out_of_service(roster, SliceOrder(0, begin, end)).tolist() == out
