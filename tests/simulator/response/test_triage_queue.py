"""Stages, delays, staff capacity and errors, and appeals follow the policy."""

import numpy as np
import pytest
from scipy.stats import binomtest

from shamcrowd.recording.units import MS_PER_HOUR, MS_PER_MINUTE, NEVER
from tests.simulator.response.reviewers import Alerts, Oracle, Some

HOUR = MS_PER_HOUR
DAY = 24 * HOUR
LOOK = "response={like: standard, stages: [{action: suspend, people: true, delay: [1h, 3h]}]}"
CALM = ["campaigns=null", "releases=[]"]


def likely(hits, of, share):
    """Would chance alone do this less than once in 10,000 times?"""
    return binomtest(int(hits), int(of), share).pvalue > 1e-4


def test_first_a_challenge_then_a_ban(play):
    run = play(Some(0.3), "response.people.capacity=200", "response.people.wrong=1")
    steps = run.responses.query("cause == 'alert'")
    actions = steps.groupby("account")["action"].apply(list)
    assert (actions.str[0] == "challenge").all()
    passed = actions[actions.str[1] == "challenge_passed"]
    assert len(passed) > 50
    assert {tuple(a[:3]) for a in passed} >= {("challenge", "challenge_passed", "suspension")}
    # Those who do not pass are shut a day after the question, by a job that runs now and then.
    asked = steps[steps["action"] == "challenge"].set_index("account")["ms"]
    failed = actions[actions.str[1] == "suspension"].index
    shut = steps[steps["action"] == "suspension"].drop_duplicates("account")
    shut = shut.set_index("account")["ms"]
    assert len(failed) > 0
    assert (shut.loc[failed] - asked.loc[failed]).between(DAY, 1.5 * DAY).all()


def test_nobody_is_served_while_a_challenge_is_open(play):
    def on_the_sixth_day(log):
        return Some(1.0)(log) if log.now > log.start + 5 * DAY else Alerts.none()

    run = play(on_the_sixth_day, "response.people.capacity=0")
    steps = run.responses.query("cause == 'alert'")
    answered = set(steps.loc[steps["action"] == "challenge_passed", "account"])
    asked = steps[(steps["action"] == "challenge") & ~steps["account"].isin(answered)]
    rows = run.rows("requests", ["account", "time"])
    when = rows["time"].to_numpy("datetime64[ms]").astype(np.int64)
    back = steps[steps["action"] == "reinstatement"].set_index("account")["ms"]
    later = 0
    for account, time in zip(asked["account"], asked["ms"], strict=True):
        own = when[(rows["account"] == account).to_numpy()]
        until = back.get(account, NEVER)
        assert not ((own >= time) & (own < until)).any()
        later += int((own < time).any())
    assert later > 3


@pytest.mark.parametrize("span", [(0, 1), (2, 12)])
def test_delays_are_kept(play, span):
    least, most = span
    run = play(
        Some(0.5),
        f"response.stages=[{{action: throttle, people: false, delay: [{least}h, {most}h]}}]",
    )
    steps = run.responses.query("action == 'throttle'")
    reviews = np.array(run.manifest.reviews)
    wait = steps["ms"].to_numpy() - reviews[steps["review"].astype(int)]
    assert len(wait) > 100
    assert wait.min() >= least * HOUR
    assert wait.max() < most * HOUR
    assert np.median(wait) == pytest.approx((least + most) / 2 * HOUR, rel=0.2)


def test_staff_review_up_to_their_capacity_and_highest_scores_first(play):
    """12 of 400 accounts a day; every one of these alerts is false."""

    def everybody(log):
        account = log.accounts(["account"])["account"].to_numpy()
        return Alerts(account, (account % 97).astype(float))

    people = "response.people={capacity: 30, wrong: 0.5, quiet: 30d}"
    run = play(everybody, LOOK, *CALM, people, "response.again=30d")
    looked = run.responses.query("action == 'cleared' or action == 'suspension'")
    looked = looked[looked["cause"] == "alert"]
    people = sum(p["accounts"] for p in run.manifest.played["populations"].values())
    each = 0.03 * people
    cleared = looked[looked["action"] == "cleared"]
    by_day = (cleared["ms"] - run.manifest.start) // DAY
    assert by_day.value_counts().max() <= each + 1
    days = (run.manifest.end - run.manifest.start) / DAY
    # The first review is after six hours; the last hours' bans come after the end.
    assert (days - 1) * each < len(looked) <= days * each
    assert (looked["minutes"] == 8).all()
    first = cleared.sort_values("ms")["account"].head(10) % 97
    assert first.min() >= 85
    # A suspension is logged its delay after the look.
    assert looked.groupby("account").size().max() == 1


def test_staff_errors_follow_the_policy(play):
    policy = "response.people={capacity: 1000, wrong: 0.2, missed: 0.3, quiet: 30d}"
    run = play(Some(1.0), LOOK, policy, scale=0.6)
    looked = run.responses.query("cause == 'alert'")
    looked = looked[looked["action"].isin(["cleared", "suspension"])]
    looked = looked.sort_values("ms").drop_duplicates("account")
    banned = looked["action"] == "suspension"
    sham = looked["campaign"].notna()
    assert (~sham).sum() > 1000
    assert sham.sum() > 80
    assert likely(banned[~sham].sum(), (~sham).sum(), 0.2)
    assert likely((~banned[sham]).sum(), sham.sum(), 0.3)
    assert (looked["right"] == (banned == sham)).all()


def test_appeals_follow_the_policy(play):
    appeals = "response.appeals={honest: 0.5, sham: 0.25, granted_honest: 0.7, granted_sham: 0.4, wait: [1h, 2h], answer: [3h, 4h]}"  # noqa: E501
    run = play(
        Some(1.0), "response={like: strict, again: 30d}", appeals, "response.leave=0.4", scale=0.8
    )
    steps = run.responses.query("cause == 'alert'")
    first = steps[steps["action"] == "suspension"].drop_duplicates("account")
    # Whoever was suspended early enough for everything to happen before the end.
    first = first[first["ms"] < run.manifest.end - 8 * HOUR]
    steps = steps[steps["account"].isin(first["account"])]

    def once(action):
        return steps[steps["action"] == action].drop_duplicates("account").set_index("account")

    for sham, files, grants in ((False, 0.5, 0.7), (True, 0.25, 0.4)):
        own = first.loc[first["campaign"].notna() == sham].set_index("account")
        filed = once("appeal").reindex(own.index).dropna(subset="ms")
        assert likely(len(filed), len(own), files)
        back = once("reinstatement").reindex(filed.index).dropna(subset="ms")
        no = once("rejection").reindex(filed.index).dropna(subset="ms")
        assert likely(len(back), len(back) + len(no), grants)
        wait = filed["ms"] - own["ms"].reindex(filed.index)
        assert wait.between(HOUR, 2 * HOUR).all()
        assert (back["ms"] - filed["ms"].reindex(back.index)).between(3 * HOUR, 4 * HOUR).all()
        gone = once("departure").reindex(back.index).dropna(subset="ms")
        assert likely(len(gone), len(back), 0.4) if not sham else gone.empty
    assert (once("appeal")["minutes"] == 0).all()
    assert (once("rejection")["minutes"] == 15).all()
    rows = run.rows("requests", ["account", "time"])
    when = rows["time"].to_numpy("datetime64[ms]").astype(np.int64)
    left = once("departure")["ms"].reindex(rows["account"]).fillna(NEVER)
    assert not (when >= left.to_numpy()).any()


def test_a_reinstated_account_can_be_banned_again(play):
    run = play(
        Some(0.3),
        "response={like: strict, again: 2h, leave: 0}",
        "response.appeals={honest: 1, granted_honest: 1, wait: [1h, 2h], answer: [1h, 2h]}",
        *CALM,
    )
    bans = run.responses.query("action == 'suspension' and cause == 'alert'")
    assert bans.groupby("account").size().max() > 5
    for _, own in run.responses.query("cause == 'alert'").groupby("account"):
        steps = own[own["action"].isin(["suspension", "reinstatement"])]["action"].tolist()
        assert steps == ["suspension", "reinstatement"] * (len(steps) // 2) + ["suspension"] * (
            len(steps) % 2
        )


def test_a_throttled_account_is_slower_for_a_time(play):
    run = play(
        Some(0.5),
        "response={like: patient, again: 30d}",
        "response.throttle={share: 0.001, span: 1d}",
        "response.stages=[{action: throttle, people: false, delay: [0h, 1h]}]",
        scale=0.4,
    )
    steps = run.responses.query("action == 'throttle'").set_index("account")["ms"]
    assert steps.index.is_unique
    rows = run.rows("requests", ["account", "time", "status", "output_tokens", "endpoint"])
    rows["ms"] = rows["time"].to_numpy("datetime64[ms]").astype(np.int64)
    rows["since"] = rows["ms"] - steps.reindex(rows["account"]).to_numpy()
    slow = rows[rows["since"].between(0, DAY, inclusive="left")]
    # One request a minute is what is left of every plan, batches included.
    served = slow[slow["status"] == 200].sort_values(["account", "ms"])
    gaps = served.groupby("account")["ms"].diff().dropna()
    assert len(gaps) > 100
    assert gaps.min() >= MS_PER_MINUTE
    assert (served["endpoint"] == "batch").sum() > 4
    assert (slow["status"] == 429).mean() > 0.3
    assert (slow.loc[slow["status"] == 429, "output_tokens"] == 0).all()
    rest = rows[(rows["since"] >= DAY) | (rows["since"] < 0)]
    assert (rest["status"] == 429).mean() < 0.02


def test_an_oracle_without_delay_leaves_little_damage_and_a_late_one_more(play, tmp_path):
    free = play(Oracle(), "response=none", name="free").abusive
    at_once = play(Oracle(), "response=instant", name="at-once").abusive
    standard = play(Oracle(), name="standard").abusive
    assert free > 2000
    # Reviews are six hours apart; measured: 0.07.
    assert at_once < 0.15 * free
    assert at_once < standard < free


def test_campaigns_are_notified(play, monkeypatch):
    from shamcrowd.simulator.campaigns.active_campaign import ActiveCampaign as Campaign

    heard, back = [], []
    lose, reinstate = Campaign.lose, Campaign.reinstate

    def hears(self, loss):
        alive = self.alive
        lose(self, loss)
        heard.append((self.name, self.now, loss, alive - self.alive))

    def gains(self, handle):
        alive = self.alive
        reinstate(self, handle)
        back.append((self.now, handle, self.alive - alive))

    monkeypatch.setattr(Campaign, "lose", hears)
    monkeypatch.setattr(Campaign, "reinstate", gains)
    stages = "response.stages=[{action: throttle, people: false, delay: [0h, 5h]}, {action: challenge, people: false, delay: [0h, 5h]}, {action: suspend, people: false, delay: [0h, 5h]}]"  # noqa: E501
    appeals = "response.appeals={sham: 1, granted_sham: 1, wait: [30m, 1h], answer: [1h, 8h]}"
    run = play(Oracle(), stages, appeals, "response.again=6h")
    by_cause = {}
    for name, now, loss, fewer in heard:
        by_cause.setdefault(loss.cause, []).append((name, now, loss, fewer))
        # At the next slice, and never before.
        assert loss.group == name
        if loss.cause in ("suspended", "throttled"):
            assert 0 <= now - loss.time < 6 * HOUR
    assert {"suspended", "throttled", "challenge failed"} <= set(by_cause)
    assert all(fewer == 0 for *_, fewer in by_cause["throttled"])
    assert sum(fewer for *_, fewer in by_cause["suspended"]) > 5
    assert sum(more for *_, more in back) > 5
    logged = run.responses.query("cause == 'alert' and action == 'throttle'")
    told = [loss.time for *_, loss, _ in by_cause["throttled"]]
    assert set(told) <= set(logged["ms"])
    assert len(told) == (logged["ms"] <= run.manifest.end - 6 * HOUR).sum() or len(told) > 10
