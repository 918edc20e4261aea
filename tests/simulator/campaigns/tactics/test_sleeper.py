"""Sleepers may be older than the recording; until they wake they are hardly used, or as people."""

from __future__ import annotations

import pandas as pd
import pytest
from pydantic import ValidationError

from shamcrowd.simulator.campaigns.tactics.sleeper import Sleeper
from tests.recordings import recorded

SETTINGS = [
    "populations={casual: {accounts: 150}}",
    "prior=null",
    "releases=[]",
    "audit=null",
    "horizon=4d",
    "campaigns={c: {tactic: sleeper, accounts: 40, exchanges: 1500, start: 0d, duration: 4d, "
    "dwell: 30d, waking: 2d, imitates: casual, evasion: {pacing: 0.5, ageing: 0.5, mimicry: 0.5}}}",
]
DAY = pd.Timedelta(days=1)


@pytest.fixture(scope="module")
def played(read_recording):
    return read_recording(recorded("sleepers-among-dormant-v2", 3, settings=SETTINGS))


@pytest.fixture(scope="module")
def times(played):
    """Start of the recording, and of each sham account its sign-up."""
    truth = played.truth.set_index("account")
    sham = truth.index[truth["campaign"] == "c"]
    start = pd.Timestamp(played.manifest.start, unit="ms", tz="UTC")
    return start, played.accounts.set_index("account")["created"].loc[sham]


def test_bought_accounts_signed_up_a_dwell_before_the_waking(times):
    start, created = times
    first = start + 2 * DAY - 30 * DAY
    # At this care the window is 13 % of the dwell; impostors sign up when people do.
    inside = (created >= first) & (created < first + 0.14 * 30 * DAY)
    assert 0.4 < inside.mean() < 0.8
    assert (created < start).mean() > 0.8


def test_most_requests_come_after_the_waking(played, times):
    start, created = times
    time = played.requests.loc[played.requests["account"].isin(created.index), "time"]
    after = time >= start + 2 * DAY
    assert after.mean() > 0.7
    # Impostors, and a few others, are in use before.
    assert (~after).sum() > 20


def test_the_past_has_no_log_ins_of_work_that_is_still_to_come(played, times):
    start, created = times
    logins = played.activity[played.activity["kind"] == "login"]
    past = logins[(logins["time"] < start)].groupby("account").size()
    honest = played.accounts.set_index("account")["created"]
    honest = honest[(honest < start) & ~honest.index.isin(created.index)].index
    old = created[created < start].index
    assert past.reindex(old).fillna(0).mean() < 1.2 * past.reindex(honest).fillna(0).mean()


def test_by_default_they_wake_a_dwell_after_the_start():
    tactic = Sleeper(**Sleeper.example, start="1d", duration="9d")
    assert tactic.waking == tactic.dwell


def test_only_a_campaign_that_starts_with_the_recording_has_older_accounts():
    asked = {**Sleeper.example, "duration": "9d", "dwell": "9d", "waking": "4d"}
    assert Sleeper(**asked, start="0d").waking < 9 * 86_400_000
    with pytest.raises(ValidationError, match="is shorter than `dwell`"):
        Sleeper(**asked, start="1d")
    with pytest.raises(ValidationError, match="leaves no time awake"):
        Sleeper(**{**asked, "waking": "9d"}, start="0d")
