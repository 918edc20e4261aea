"""One account state per campaign: reinstated and throttled accounts are alive and at work."""

import numpy as np
import pytest

from shamcrowd.simulator import simulate
from shamcrowd.simulator.campaigns.account_state import STATUSES, AccountState
from shamcrowd.simulator.campaigns.active_campaign import ActiveCampaign
from shamcrowd.simulator.response.reviewer import Alerts
from shamcrowd.simulator.traffic.slice_messages import FAILED, SUSPENDED, THROTTLED


@pytest.fixture
def state():
    made = AccountState()
    made.add(np.array([7, 8, 9]), np.array([10, 20, 30]), own=True)
    made.add(np.array([3]), np.array([5]), own=False)
    return made


def statuses(state):
    return [STATUSES[code] for code in state.status()]


def test_every_kind_of_loss(state):
    for handle, cause in ((7, SUSPENDED), (8, FAILED), (9, "trial exhausted"), (3, THROTTLED)):
        state.lose(handle, cause)
    assert statuses(state) == ["suspended", "suspended", "closed", "throttled"]
    assert state.alive.tolist() == [False, False, False, True]
    assert state.acted_on.tolist() == [True, True, False, True]
    assert state.reason.tolist() == [SUSPENDED, FAILED, "trial exhausted", THROTTLED]
    assert state.working(100).tolist() == [3]


def test_reinstated_accounts_are_alive_and_closed_ones_stay_closed(state):
    state.lose(7, SUSPENDED)
    state.lose(8, "card declined")
    state.lose(8, SUSPENDED)
    for handle in (7, 8):
        state.reinstate(handle)
    assert statuses(state) == ["active", "closed", "active", "active"]
    # That the platform acted on them is still known: strategies learn from it.
    assert state.acted_on.tolist() == [True, True, False, False]


def test_accounts_work_from_the_moment_they_open(state):
    assert state.working(10).tolist() == [3]
    assert state.working(21).tolist() == [7, 8, 3]


class Third:
    """Alerts about a third of all accounts at every review."""

    def __call__(self, log):
        ids = log.accounts(["account"])["account"].to_numpy()
        return Alerts(ids[::3], np.ones(len(ids[::3])))


SETTINGS = (
    "shards=1", "horizon=7d", "releases=[]", "populations={casual: {accounts: 60}}",
    "campaigns.credit-farm=null", "campaigns.hydra.accounts=120", "campaigns.hydra.duration=5d",
    "campaigns.hydra.strategy=whack-a-mole", "response.again=6h",
    "response.appeals={sham: 1, granted_sham: 1, wait: [30m, 1h], answer: [1h, 8h]}",
    "response.stages=[{action: throttle, people: false, delay: [0h, 5h]}, "
    "{action: suspend, people: false, delay: [0h, 5h]}]",
)  # fmt: skip


def test_in_a_closed_loop_reinstated_and_throttled_accounts_work(tmp_path, monkeypatch):
    """Before there was one state, none of them was in `working`."""
    seen = {"reinstated": [], "throttled": [], "suspended": []}
    lose, reinstate = ActiveCampaign.lose, ActiveCampaign.reinstate

    def note(campaign, kind, handle):
        state = campaign.account_state
        at = np.flatnonzero(state.handle == handle)
        if len(at) and state.opens[at[0]] < campaign.now and statuses(state)[at[0]] != "closed":
            seen[kind].append(handle in campaign.working())

    def losing(self, loss):
        before = self.alive
        lose(self, loss)
        if loss.cause in (THROTTLED, SUSPENDED):
            note(self, loss.cause, loss.handle)
        if loss.cause == THROTTLED:
            assert self.alive == before

    def reinstating(self, handle):
        reinstate(self, handle)
        note(self, "reinstated", handle)

    monkeypatch.setattr(ActiveCampaign, "lose", losing)
    monkeypatch.setattr(ActiveCampaign, "reinstate", reinstating)
    simulate("quickstart-v2", 3, tmp_path / "r", settings=SETTINGS, reviewer=Third())
    assert len(seen["reinstated"]) >= 10
    assert len(seen["throttled"]) >= 30
    assert all(seen["reinstated"])
    assert np.mean(seen["throttled"]) > 0.9
    assert not any(seen["suspended"])
