"""Bans take effect to the millisecond, end without trace, and change no other account."""

import numpy as np
import pandas as pd
import pytest

from shamcrowd.benchmark.world_checks.validate import validate
from shamcrowd.recording.manifest import Manifest
from shamcrowd.recording.truth import Truth
from shamcrowd.recording.units import NEVER
from tests.recordings import recorded
from tests.simulator.response.reviewers import WEEK, Alerts, Oracle, Run, Some, nobody

BAN = "response={like: strict, stages: [{action: suspend, people: false, delay: [5m, 5h]}]}"
BACK = "response.appeals={honest: 1, sham: 1, granted_honest: 1, granted_sham: 1, wait: [1h, 5h], answer: [7h, 40h]}"  # noqa: E501
STAY = "response.leave=0"
KEY = ["account", "time", "conversation", "session"]


@pytest.fixture(scope="module")
def free():
    """The open loop."""
    return Run.read(recorded("quickstart-v2", 3, scale=0.2, settings=["shards=2", *WEEK]))


class Busiest:
    """Alerts about the busiest accounts of one kind, once, at one review."""

    def __init__(self, run, number, honest=True, many=25):
        truth = Truth(run.folder).accounts().set_index("account")
        driven = truth["campaign"].notna()
        busy = run.rows("requests", ["account"])["account"].value_counts()
        self.named = [a for a in busy.index if driven[a] != honest][:many]
        self.number = number
        self.asked = 0

    def __call__(self, log):
        self.asked += 1
        if self.asked - 1 != self.number:
            return Alerts.none()
        known = log.accounts(["account"])["account"]
        some = np.array([a for a in self.named if (known == a).any()])
        return Alerts(some, np.ones(len(some)))


def spans(run):
    """From when to when each account was shut after an alert."""
    steps = run.responses.query("cause == 'alert'")
    since = steps[steps["action"] == "suspension"].set_index("account")["ms"]
    until = steps[steps["action"] == "reinstatement"].set_index("account")["ms"]
    assert since.index.is_unique
    return pd.DataFrame({"since": since, "until": until.reindex(since.index).fillna(NEVER)})


def requests(run):
    rows = run.rows("requests")
    return rows.assign(ms=ms(rows["time"])).sort_values(KEY, kind="stable", ignore_index=True)


def ms(times):
    return times.to_numpy("datetime64[ms]").astype(np.int64)


def shut_rows(rows, shut):
    own = rows[rows["account"].isin(shut.index)]
    about = shut.loc[own["account"]]
    inside = (own["ms"].to_numpy() >= about["since"].to_numpy()) & (
        own["ms"].to_numpy() < about["until"].to_numpy()
    )
    return own[inside]


def test_without_a_response_no_reviewer_is_called_and_nothing_changes(free, play):
    def never(log):
        raise AssertionError("asked")

    run = play(never, "response=none", *WEEK)
    assert run.manifest.fingerprints == free.manifest.fingerprints
    assert not run.manifest.closed
    assert not free.manifest.closed


def test_a_reviewer_without_alerts_changes_nothing(free, play):
    run = play(nobody, *WEEK)
    assert run.manifest.closed
    assert run.manifest.fingerprints == free.manifest.fingerprints


@pytest.mark.parametrize("workers", [2, 4])
def test_any_number_of_workers(play, workers):
    settings = *WEEK, "shards=4"
    one = play(Some(0.3), *settings)
    other = play(Some(0.3), *settings, workers=workers)
    assert one.manifest.fingerprints == other.manifest.fingerprints
    assert set(one.responses["action"]) >= {"challenge", "suspension", "cleared"}


def talking(run, after):
    """At which review most honest conversations go on ``after`` ms past it, and whose."""
    rows = requests(run)
    driven = Truth(run.folder).accounts().set_index("account")["campaign"].notna()
    rows = rows[~driven.loc[rows["account"]].to_numpy()]
    talks = rows.groupby("conversation").agg(
        account=("account", "first"), since=("ms", "min"), until=("ms", "max")
    )
    at = [
        set(talks[(talks["since"] < t + after) & (talks["until"] > t + 2 * after)]["account"])
        for t in run.manifest.reviews
    ]
    number = max(range(len(at)), key=lambda n: len(at[n]))
    return number, at[number]


def test_a_ban_ends_a_session_in_progress(free, play):
    number, whose = talking(free, after=300_000)
    who = Busiest(free, number)
    who.named += whose - set(who.named)
    run = play(who, *WEEK, BAN.replace("[5m, 5h]", "[5m, 10m]"), "response.appeals.honest=0")
    shut = spans(run)
    assert len(shut) > 20
    assert (shut["until"] == NEVER).all()
    was, now = requests(free), requests(run)
    taken = shut_rows(was, shut)
    assert len(taken) > 500
    assert shut_rows(now, shut).empty
    # Nothing else is gone, of them or of anybody.
    left = was.drop(taken.index).reset_index(drop=True)
    pd.testing.assert_frame_equal(left, now)
    # Some were cut in the middle of a session and of a conversation.
    for name in ("session", "conversation"):
        assert set(taken[name]) & set(now.loc[now["account"].isin(shut.index), name])
    activity = run.rows("activity")
    activity = activity.assign(ms=ms(activity["time"]))
    own = shut_rows(activity, shut)
    assert set(own["kind"]) == {"suspension"}
    assert validate(run.folder).passed


def test_a_reinstated_account_continues_as_before(free, play):
    # All honest people at once, so that trials would have run out meanwhile.
    run = play(Busiest(free, 8, many=1000), *WEEK, BAN, BACK, STAY)
    shut = spans(run)
    assert (shut["until"] < run.manifest.end).sum() > 15
    was, now = requests(free), requests(run)
    taken = shut_rows(was, shut)
    pd.testing.assert_frame_equal(was.drop(taken.index).reset_index(drop=True), now)
    after = now[now["account"].isin(shut.index)]
    assert (after["ms"].to_numpy() >= shut.loc[after["account"], "until"].to_numpy()).sum() > 500
    assert validate(run.folder).passed


def test_trials_exhausted_during_a_ban_change_no_other_account(play):
    """What an honest account would have used up goes on being counted unseen."""
    poor = "platform.trial_credit=0.2"
    as_ever = play(nobody, poor, name="as-ever", scale=0.8)
    long = BACK.replace("answer: [7h, 40h]", "answer: [3d, 5d]")
    run = play(Busiest(as_ever, 8, many=5000), BAN, long, STAY, poor, scale=0.8)
    shut, was, now = spans(run), requests(as_ever), requests(run)
    ended = as_ever.rows("activity").query("kind == 'trial_exhausted'")
    ended = shut_rows(ended.assign(ms=ms(ended["time"])), shut)
    assert len(ended) > 5
    taken = shut_rows(was, shut)
    pd.testing.assert_frame_equal(was.drop(taken.index).reset_index(drop=True), now)


def test_nobody_is_charged_during_a_ban(play):
    """And what follows a ban is what would have followed without it."""
    as_ever = play(nobody, *WEEK, scale=2.0)
    run = play(Busiest(as_ever, 8, many=1000), *WEEK, BAN, BACK, STAY, scale=2.0)
    shut = spans(run)
    tries = [
        r.rows("activity").query("kind in ['charge', 'decline']").reset_index(drop=True)
        for r in (as_ever, run)
    ]
    before, now = (each.assign(ms=ms(each["time"])) for each in tries)
    assert len(shut_rows(before, shut)) > 0
    assert shut_rows(now, shut).empty
    others = ~before["account"].isin(shut.index)
    alike = now[~now["account"].isin(shut.index)]
    pd.testing.assert_frame_equal(
        before[others].reset_index(drop=True), alike.reset_index(drop=True)
    )


def test_bans_of_one_campaign_change_no_other_rows(play):
    """Common random numbers: whoever has nothing to do with it does the same to the millisecond."""

    class OfTheFarm(Oracle):
        def receive_truth(self, truth):
            super().receive_truth(truth)
            self.truth = self.truth[self.truth["campaign"] == "credit-farm"]

    # Else a challenge at random suspends some, too.
    calm = "platform.challenge_rate=0"
    free = play(nobody, *WEEK, calm)
    run = play(OfTheFarm(), *WEEK, "response=instant", calm)
    truth = Truth(free.folder).accounts()
    others = truth.loc[truth["campaign"] != "credit-farm", "account"]
    assert (run.responses.query("action == 'suspension'")["campaign"] == "credit-farm").all()
    for name, key in (("requests", KEY), ("activity", ["account", "time", "kind", "amount"])):
        one, other = (r.rows(name) for r in (free, run))
        assert len(one) > len(other)
        one, other = (
            f[f["account"].isin(others)].sort_values(key, kind="stable", ignore_index=True)
            for f in (one, other)
        )
        pd.testing.assert_frame_equal(one, other)


def test_a_hijacked_account_is_banned_with_both_its_users(play):
    settings = [
        "campaigns={keys: {tactic: hijacked-keys, accounts: 60, exchanges: 9000, start: 1d, "
        "duration: 9d}}",
    ]
    # The owner loses his account with the thief; nobody else hears of it.
    run = play(Oracle(), "response=instant", *settings)
    shut = spans(run)
    assert len(shut) > 3
    assert shut_rows(requests(run), shut).empty
    suspended = run.responses.query("action == 'suspension' and cause == 'alert'")
    assert (suspended["campaign"] == "keys").all()
    assert suspended["segment"].notna().all()
    assert suspended["right"].all()
    assert validate(run.folder).passed


def test_the_manifest_says_which_loop(play):
    run = play(nobody, scale=0.05)
    assert Manifest.read(run.folder).closed
