"""Nobody is served who should not be: trials at their end, the locked out, the too fast.

The worlds here are harsh on purpose, so that each rule meets many accounts.
"""

import numpy as np
import pandas as pd
import pytest

from shamcrowd.recording.units import MS_PER_DAY, MS_PER_MINUTE, NEVER
from shamcrowd.simulator.lifecycle.challenge import LOCK_AFTER
from tests.recordings import recorded

LOCKED_WITHIN = MS_PER_DAY / 2
"""The job that suspends comes a quarter of an hour later in the median, seldom hours."""
PEOPLE = [
    "prior=null", "campaigns=null", "releases=[]", "horizon=8d",
    "populations.classroom.newcomers=0",
]  # fmt: skip


@pytest.fixture(scope="module")
def harsh(read_recording):
    """Play honest people under hard terms."""

    def of(*settings, scale=0.15):
        chosen = [*PEOPLE, *settings]
        return read_recording(recorded("quickstart-v2", 5, scale=scale, settings=chosen))

    return of


@pytest.fixture(scope="module")
def poor(harsh):
    """Trials of ten cents: nearly all of them run out."""
    return harsh("platform.trial_credit=0.1")


@pytest.fixture(scope="module")
def checked(harsh):
    """All of a day's active accounts are challenged."""
    return harsh("platform.challenge_rate=1", scale=0.5)


def first(played, kind):
    rows = played.activity[played.activity["kind"] == kind]
    return rows.groupby("account")["time"].min()


def test_a_trial_s_credit_is_used_to_the_request(poor):
    """What was served on trial costs the credit and less than one request more."""
    ended = first(poor, "trial_exhausted")
    # Of older accounts a part of the use lies before the recording.
    start = pd.Timestamp(poor.manifest.start, unit="ms", tz="UTC")
    new = poor.accounts.loc[poor.accounts["created"] >= start, "account"]
    ended = ended[ended.index.isin(new)]
    prices = pd.DataFrame(poor.manifest.resolved["platform"]["models"]).T
    rows = poor.requests[
        poor.requests["account"].isin(ended.index) & (poor.requests["status"] == 200)
    ]
    rows = rows[rows["time"].to_numpy() <= ended.loc[rows["account"]].to_numpy()]
    cached = rows["cached_tokens"]
    cost = (
        (rows["input_tokens"] - cached) * rows["model"].map(prices["input_price"])
        + cached * rows["model"].map(prices["cached_price"])
        + rows["output_tokens"] * rows["model"].map(prices["output_price"])
    ) / 1e6
    spent = cost.groupby(rows["account"]).sum()
    last = cost.groupby(rows["account"]).last()
    assert len(spent) > 5
    assert (spent >= 0.1 - 1e-9).all()
    assert (spent - last < 0.1).all()


def test_who_does_not_pay_is_served_no_more(poor):
    ended, paid = first(poor, "trial_exhausted"), first(poor, "plan_change")
    left = ended[~ended.index.isin(paid.index)]
    rows = poor.requests[poor.requests["account"].isin(left.index)]
    assert len(left) > 20
    assert (rows["time"].to_numpy() <= left.loc[rows["account"]].to_numpy()).all()


def test_who_pays_is_served_again_only_then(poor):
    ended, paid = first(poor, "trial_exhausted"), first(poor, "plan_change")
    # Some pay before their credit ends, or again after they have left.
    paid = paid[paid > ended.reindex(paid.index)]
    rows = poor.requests[poor.requests["account"].isin(paid.index)]
    after = rows["time"].to_numpy() > ended.loc[rows["account"]].to_numpy()
    before = rows["time"].to_numpy() < paid.loc[rows["account"]].to_numpy()
    assert after.sum() > 50
    assert not (after & before).any()


def test_who_pays_has_a_card_first(poor):
    paid = first(poor, "plan_change")
    cards = first(poor, "card_added")
    assert len(paid) > 5
    assert (cards.loc[paid.index] <= paid).all()
    changed = poor.activity[poor.activity["kind"] == "plan_change"]
    assert set(changed["plan"].astype(str)) == {"pay-as-you-go", "subscription"}


def test_every_challenge_has_an_outcome(checked):
    asked = checked.activity[checked.activity["kind"] == "challenge"]
    # Before the recording, only challenges that were passed are logged.
    asked = asked[asked["time"].astype("int64") >= checked.manifest.start]
    assert len(asked) > 200
    within = LOCK_AFTER + LOCKED_WITHIN
    outcomes = {"challenge_passed", "suspension"}
    rows = checked.activity[checked.activity["kind"].isin(outcomes)]
    by_account = rows.groupby("account")["time"].apply(lambda t: np.sort(t.astype("int64")))
    # An outcome may lie after the recording's end.
    due = asked[asked["time"].astype("int64") + within < checked.manifest.end]
    for account, time in zip(due["account"], due["time"].astype("int64"), strict=True):
        later = by_account[account]
        assert ((later > time) & (later <= time + within)).any()


def test_appeals_follow_suspensions_and_reinstatements_appeals(checked):
    steps = [first(checked, kind) for kind in ("challenge", "suspension", "appeal")]
    back = first(checked, "reinstatement")
    assert len(steps[1]) > 4
    for earlier, later in zip(steps, [*steps[1:], back], strict=True):
        assert set(later.index) <= set(earlier.index)
        assert (earlier.loc[later.index] < later).all()


def test_a_failed_challenge_shuts_out_until_the_reinstatement(checked):
    """An open challenge blocks: nothing is served from the moment it is put."""
    locked = first(checked, "suspension").astype("int64")
    back = first(checked, "reinstatement").astype("int64").reindex(locked.index).fillna(NEVER)
    asked = checked.activity[checked.activity["kind"] == "challenge"].set_index("account")["time"]
    asked = asked[asked.index.isin(locked.index)].astype("int64")
    late = locked.loc[asked.index] - LOCK_AFTER - asked
    failed = asked[(late >= 0) & (late < LOCKED_WITHIN)]
    out = failed.groupby(level=0).min()
    assert set(out.index) == set(locked.index)
    rows = checked.requests[checked.requests["account"].isin(out.index)]
    times = rows["time"].astype("int64").to_numpy()
    low, high = out.loc[rows["account"]].to_numpy(), back.loc[rows["account"]].to_numpy()
    assert (times < low).any()
    assert not ((times >= low) & (times < high)).any()


def test_the_challenged_who_are_let_in_are_served_again(checked):
    back = first(checked, "reinstatement")
    rows = checked.requests[checked.requests["account"].isin(back.index)]
    again = rows[rows["time"].to_numpy() > back.loc[rows["account"]].to_numpy()]
    assert len(again)


def test_campaigns_appeal_through_the_same_process(read_recording):
    """Where all appeal and are heard, sham accounts come back and work on."""
    hydra = "tactic: hydra, accounts: 300, exchanges: 30000, start: 0d, duration: 8d"
    campaign = f"campaigns={{c: {{{hydra}, appeals: 1.0, appeals_granted: 1.0}}}}"
    settings = [*PEOPLE, "platform.challenge_rate=0.5", campaign]
    played = read_recording(recorded("quickstart-v2", 5, scale=0.15, settings=settings))
    own = set(played.truth.loc[played.truth["campaign"] == "c", "account"])
    shut, back = first(played, "suspension"), first(played, "reinstatement")
    ours = sorted(own & set(back.index))
    assert len(ours) > 3
    rows = played.requests[played.requests["account"].isin(ours)]
    again = rows["time"].to_numpy() > back.loc[rows["account"]].to_numpy()
    blocked = rows["time"].to_numpy() > shut.loc[rows["account"]].to_numpy()
    assert again.any()
    assert not (blocked & ~again).any()


def test_the_rate_limit_holds_over_every_minute(harsh):
    limit = 3
    plans = ("trial", "pay-as-you-go", "subscription", "enterprise")
    settings = [f"platform.requests_per_minute={{{', '.join(f'{p}: {limit}' for p in plans)}}}"]
    played = harsh(*settings, "slice=1h", "populations.agentic.sessions=40")
    # Batches have limits of their own.
    counted = (played.requests["status"] != 429) & (played.requests["endpoint"] != "batch")
    served = played.requests[counted]
    checked = 0
    for _, times in served.groupby("account")["time"]:
        ms = np.sort(times.astype("int64").to_numpy())
        if len(ms) > limit:
            assert (ms[limit:] - ms[:-limit] >= MS_PER_MINUTE).all()
            checked += 1
    assert checked > 50
    assert (played.requests["status"] == 429).mean() > 0.05


def test_who_joins_after_a_release_uses_the_new_model_too(played):
    """Or its absence would tell a newcomer from a sham account that moves by command."""
    honest = played.truth.loc[played.truth["campaign"].isna(), "account"]
    release = pd.Timestamp(played.manifest.start + 8 * MS_PER_DAY, unit="ms", tz="UTC")
    late = release + pd.Timedelta(hours=36)
    created = played.accounts.set_index("account")["created"]
    rows = played.requests[played.requests["account"].isin(honest)]
    rows = rows[rows["time"] > release + pd.Timedelta(hours=72)]
    newcomer = (created.loc[rows["account"]] > late).to_numpy()
    new = (rows["model"] == "deep-4").to_numpy()
    assert newcomer.sum() > 500
    assert new[newcomer].mean() > 0.25 * new[~newcomer].mean()
