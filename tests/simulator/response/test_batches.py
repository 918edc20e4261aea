"""Suspensions come in batches, of which the moment says nothing about when an account was found."""

import numpy as np
import pytest

from shamcrowd.recording.units import MS_PER_DAY, MS_PER_HOUR
from shamcrowd.simulator.response.batches import MONDAY, batch_times
from shamcrowd.simulator.response.policy import Batches, named_policy
from tests.simulator.response.reviewers import Some

HOUR, DAY = MS_PER_HOUR, MS_PER_DAY
WEEKLY = Batches(every="7d", at="37h", share=1, within="1h")
NONE = np.zeros(1)


def at(time, batches=WEEKLY, skips=NONE):
    return int(batch_times(batches, np.array([time]), skips, NONE)[0])


def test_a_batch_begins_at_its_hour_of_the_week():
    tuesday = MONDAY + 2900 * 7 * DAY + 37 * HOUR
    assert at(tuesday - 1) == tuesday
    assert at(tuesday) == tuesday
    assert at(tuesday + 1) == tuesday + 7 * DAY


@pytest.mark.parametrize("share", [0.3, 0.6])
def test_each_batch_takes_its_share_of_those_that_wait(share):
    batches = WEEKLY.model_copy(update={"share": share})
    luck = (np.arange(100_000) + 0.5) / 100_000
    times = batch_times(batches, np.zeros(len(luck), np.int64), luck, np.zeros(len(luck)))
    number = (times - times.min()) // (7 * DAY)
    for nth in range(4):
        waiting = number >= nth
        assert (number[waiting] == nth).mean() == pytest.approx(share, abs=0.002)


def test_all_of_a_batch_are_suspended_within_its_hour():
    luck = np.linspace(0, 1, 1000, endpoint=False)
    times = batch_times(WEEKLY, np.zeros(1000, np.int64), np.zeros(1000), luck)
    assert np.ptp(times) < HOUR
    assert np.ptp(times) > 0.99 * HOUR


def test_in_a_run_suspensions_come_at_the_batches_alone(play):
    """Staff find accounts all day long; not every batch takes an account."""
    policy = "response={like: batched, people: {capacity: 300, wrong: 1}}"
    run = play(Some(0.5), policy, "response.batches.every=2d")
    steps = run.responses.query("cause == 'alert' and action == 'suspension'")
    batches = named_policy("batched").batches.model_copy(update={"every": 2 * DAY})
    since = (steps["ms"].to_numpy() - MONDAY - batches.at) % batches.every
    assert len(steps) > 100
    assert since.max() < batches.within
    reviews = np.array(run.manifest.reviews)[steps["review"].astype(int)]
    assert ((steps["ms"] - reviews) > 3 * DAY).mean() > 0.2
    rows = run.rows("requests", ["account", "time"]).merge(steps[["account", "ms"]], on="account")
    after = rows["time"].to_numpy("datetime64[ms]").astype(np.int64) - rows["ms"].to_numpy()
    waits = rows.loc[after < 0, "account"].nunique()
    assert waits > 50
    back = run.responses.query("action == 'reinstatement'")["account"]
    assert not (after[~rows["account"].isin(back)] >= 0).any()
