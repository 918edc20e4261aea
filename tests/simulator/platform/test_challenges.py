"""One process for everybody: a campaign's accounts are challenged, locked and heard as others."""

import numpy as np
import pytest

from shamcrowd.recording.units import MS_PER_DAY, NEVER
from shamcrowd.simulator.core.streams import Streams
from shamcrowd.simulator.lifecycle.challenge import AppealHabit
from shamcrowd.simulator.platform.challenges import Challenges
from shamcrowd.simulator.traffic.slice_messages import (
    FAILED,
    REINSTATED,
    AccountSpans,
    SliceOrder,
)
from tests.simulator.platform.paying import START, Shard

ALL = AppealHabit(1.0, 1.0)
END = START + MS_PER_DAY
COUNT = 400


def challenged(group="", appeals=ALL, success=0.5, prepare=lambda roster: None):
    """Challenge all accounts of a group; return its shard, the news, and the log."""
    shard = Shard(COUNT, group=group).join()
    roster = shard.roster
    roster.challenge_success[:] = success
    roster.served[:COUNT] = 1
    prepare(roster)
    challenges = Challenges(Streams(1), 1.0, {"": AppealHabit(0.0, 0.0), group: appeals})
    news = challenges.day(roster, shard.activity, SliceOrder(3, START, END))
    return shard, news, shard.rows()


def log(rows):
    kept = rows[rows["kind"].isin(["challenge", "challenge_passed", "suspension", "appeal",
                                   "reinstatement"])]  # fmt: skip
    return sorted(zip(kept["kind"], kept["time"], kept["at"], strict=True))


def test_honest_and_sham_accounts_meet_the_same():
    honest, no_news, ours = challenged()
    sham, news, theirs = challenged("hydra")
    assert log(ours) == log(theirs)
    assert {kind for kind, *_ in log(ours)} == {
        "challenge", "challenge_passed", "suspension", "appeal", "reinstatement"
    }  # fmt: skip
    for name in ("banned_from", "banned_until", "stop", "opened"):
        assert (getattr(honest.roster, name) == getattr(sham.roster, name)).all(), name
    assert not no_news
    assert news


def test_campaigns_learn_when_accounts_are_blocked_and_reinstated():
    shard, news, _ = challenged("hydra")
    roster = shard.roster
    lost = {loss.handle: loss.time for loss in news if loss.cause == FAILED}
    back = {loss.handle: loss.time for loss in news if loss.cause == REINSTATED}
    assert 0.4 * COUNT < len(lost) == len(back) < 0.6 * COUNT
    for handle, time in lost.items():
        assert roster.banned_from[handle] == time
        assert roster.banned_until[handle] == back[handle]


def test_who_does_not_appeal_is_shut_out_for_good():
    shard, news, rows = challenged("hydra", AppealHabit(0.0, 1.0), success=0.0)
    assert {loss.cause for loss in news} == {FAILED}
    assert (shard.roster.banned_until[:COUNT] == NEVER).all()
    assert "appeal" not in set(rows["kind"])


def test_appeals_may_fail():
    _, news, rows = challenged("hydra", AppealHabit(1.0, 0.0), success=0.0)
    assert (rows["kind"] == "appeal").sum() == COUNT
    assert "reinstatement" not in set(rows["kind"])
    assert {loss.cause for loss in news} == {FAILED}


@pytest.mark.parametrize("group", ["", "hydra"])
def test_only_active_accounts_that_are_not_banned_are_challenged(group):
    def prepare(roster):
        # Nothing served; no longer served; banned now; a ban that ends now.
        roster.served[0] = 0
        roster.stop[1] = END
        four = np.arange(2, 4)
        roster.ban(AccountSpans(four, roster.account[four], np.array([END, START]),
                                np.array([END + 1, END])))  # fmt: skip

    _, _, rows = challenged(group, prepare=prepare)
    asked = set(rows.loc[rows["kind"] == "challenge", "at"])
    assert asked == set(range(COUNT)) - {0, 1, 2}
