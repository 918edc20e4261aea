"""The past has the failures of the recording: same rates, same outcomes."""

import numpy as np
import pandas as pd
import pytest

from shamcrowd.recording.units import MS_PER_DAY, NEVER
from shamcrowd.simulator.core.streams import Streams
from shamcrowd.simulator.lifecycle.challenge import OWNERS, AppealHabit, follow
from shamcrowd.simulator.platform.activity import Activity
from shamcrowd.simulator.platform.past_challenges import log_past_challenges

COUNT, START = 20_000, 20_500 * MS_PER_DAY
ACCOUNT = np.arange(COUNT, dtype=np.int32)


def past(days=40.0, rate=0.02, success=0.9, appeals=OWNERS):
    """Past challenges of accounts that are as many ``days`` old and always active."""
    activity = Activity(("a",), untouched=("challenge", "challenge_passed", "suspension",
                                           "appeal", "reinstatement"))  # fmt: skip
    begin = np.full((COUNT, 1), START - int(days * MS_PER_DAY))
    spans = log_past_challenges(
        Streams(3)("test"), activity, ACCOUNT, np.full(COUNT, success, np.float32), appeals,
        (begin, np.full((COUNT, 1), NEVER)), np.ones(COUNT), rate, START,
    )  # fmt: skip
    rows = activity.until(NEVER).to_pandas()
    rows["ms"] = rows["time"].astype("int64")
    return spans, rows.assign(kind=rows["kind"].astype(str))


def test_as_many_fail_as_in_the_recording():
    _, rows = past()
    many = rows["kind"].value_counts()
    words = Streams(4)("words").integers(0, 2**63, 100_000).astype(np.uint64)
    now = follow(np.zeros(len(words), np.int64), words, 5, 0.9, OWNERS)
    for kind, when in (("suspension", now.suspended), ("appeal", now.appealed),
                       ("reinstatement", now.back), ("challenge_passed", now.passed)):  # fmt: skip
        share = (when < NEVER).mean()
        assert many[kind] / many["challenge"] == pytest.approx(share, rel=0.08), kind


def test_nobody_is_challenged_while_shut_out():
    _, rows = past(rate=0.3, success=0.3)
    shut = rows[rows["kind"] == "suspension"].groupby("account")["ms"].min()
    back = rows[rows["kind"] == "reinstatement"].groupby("account")["ms"].min()
    asked = rows[rows["kind"] == "challenge"]
    low = shut.reindex(asked["account"]).fillna(NEVER).to_numpy()
    high = back.reindex(asked["account"]).fillna(NEVER).to_numpy()
    assert not ((asked["ms"] > low) & (asked["ms"] < high)).any()
    # Those who are reinstated are challenged again.
    assert ((asked["ms"] > low) & (asked["ms"] > high)).any()


def test_every_suspension_shuts_out_until_its_own_end_and_not_the_first_alone():
    spans, rows = past(days=60.0, rate=0.3, success=0.3)
    shut = rows[rows["kind"] == "suspension"].sort_values(["account", "ms"])
    again = shut[shut["account"].duplicated()]
    assert len(again) > 100, "some are suspended a second time"
    # Whose last suspension is not lifted before the start is out at the start.
    last = shut.groupby("account")["ms"].max()
    back = rows[rows["kind"] == "reinstatement"].groupby("account")["ms"].max()
    back = back.reindex(last.index).fillna(NEVER)
    out = last.index[(back < last) | (back > START)]
    assert set(out) == set(spans.account.tolist())
    # Suspended and reinstated in turn.
    both = rows[rows["kind"].isin(["suspension", "reinstatement"])].sort_values(["account", "ms"])
    twice = both["account"].eq(both["account"].shift()) & both["kind"].eq(both["kind"].shift())
    assert not twice.any()


def test_who_is_still_shut_out_at_the_start_is_returned():
    spans, rows = past()
    shut = rows[rows["kind"] == "suspension"].groupby("account")["ms"].min()
    back = rows[rows["kind"] == "reinstatement"].groupby("account")["ms"].max()
    known = pd.Series(spans.until, spans.account)
    assert set(known.index) <= set(shut.index)
    assert (known > START).all()
    gone = set(shut.index) - set(back.index)
    assert gone <= set(known.index)
    assert (known.loc[list(gone)] == NEVER).all()
    # Some wait for a decision that comes within the recording.
    assert ((known < NEVER) & (spans.since < START)).sum() > 5


def test_the_young_and_the_unchallenged_have_no_past():
    for spans, rows in (past(days=-1.0), past(rate=0.0)):
        assert not len(rows)
        assert not len(spans.account)


def test_campaigns_appeal_by_their_own_parameters():
    _, rows = past(success=0.0, appeals=AppealHabit(0.0, 0.0))
    assert "appeal" not in set(rows["kind"])
