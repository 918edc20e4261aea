"""People on one key: against a count by hand, at the limits, and over reviews."""

import numpy as np
import pandas as pd
import pytest

from shamcrowd.detectors.rules.shared_key import USUAL, WORST, SharedKey
from shamcrowd.recording.samples import sample_log
from shamcrowd.recording.units import MS_PER_DAY, MS_PER_HOUR
from shamcrowd.recording.view import LogView

ALL = 5 * MS_PER_DAY
BEGIN = 30 * MS_PER_HOUR


@pytest.fixture
def busy(changed):
    """The sample with few keys, addresses, clients and sessions; some requests have no key."""
    log, rng = sample_log(), np.random.default_rng(0)
    many = len(log.tables["requests"])
    account = log.tables["requests"]["account"].to_numpy()
    key = account.astype(np.int64) * 2 + rng.integers(0, 2, many)
    named = (key % 2**31).astype(object)
    named[rng.random(many) < 0.1] = None
    few = {name: rng.integers(0, most, many) for name, most in
           (("address", 9), ("client", 4), ("session", 12))}  # fmt: skip
    return changed(log, requests={**few, "key": named}, activity=None)


def by_hand(log):
    rows = log.tables["requests"].to_pandas()
    rows["key"] = rows["key"].fillna(-1)
    rows["hour"] = rows["time"].dt.floor("h")
    counts = rows.groupby(["account", "key", "hour"])[["address", "client", "session"]].nunique()
    value = np.log2(counts / np.array(USUAL)).mean(axis=1).clip(-WORST, WORST)
    found = value.groupby("account").max()
    return found.reindex(log.tables["accounts"]["account"].to_numpy(), fill_value=-WORST)


@pytest.mark.parametrize("reviews", [(ALL,), (BEGIN + 1, BEGIN + MS_PER_HOUR // 3, BEGIN * 2, ALL)])
def test_it_is_what_one_counts_by_hand(busy, scores_at, reviews):
    found = pd.Series(scores_at(SharedKey, busy, *reviews)).sort_index()
    expected = by_hand(busy).sort_index()
    assert (expected > 0).sum() > 5
    np.testing.assert_allclose(found, expected)


def one_account(changed, address, client, session, apart=1000, keys=1):
    """Requests of one account, ``apart`` ms from each other; all others are alone in their hour."""
    log = sample_log()
    rows = len(log.tables["requests"])
    account = np.resize(log.tables["accounts"]["account"].to_numpy(), rows)
    time = log.start + np.arange(rows) * MS_PER_HOUR // 40
    at = np.arange(max(address, client, session))
    account[at] = account[0]
    account[len(at) :][account[len(at) :] == account[0]] = account[1]
    time[at] = log.start + BEGIN + at * apart
    columns = {"time": time, "account": account, "key": account % 2**30 + np.arange(rows) * 0}
    columns["key"][at] = 3 + at % keys
    for name, most in (("address", address), ("client", client), ("session", session)):
        columns[name] = np.full(rows, 5)
        columns[name][at] = 7 + at % most
    order = np.argsort(time, kind="stable")
    opened = log.start + np.arange(len(log.tables["accounts"]))
    made = changed(log, requests={name: values[order] for name, values in columns.items()},
                   accounts={"created": opened}, activity=None)  # fmt: skip
    return made, int(account[0])


def test_what_is_usual_scores_nothing(changed, scores_at):
    log, account = one_account(changed, *(int(each) for each in USUAL))
    assert scores_at(SharedKey, log, ALL)[account] == pytest.approx(0.0)
    log, account = one_account(changed, *(int(each) + 1 for each in USUAL))
    expected = np.log2(np.array([3 / 2, 3 / 2, 4 / 3])).mean()
    assert scores_at(SharedKey, log, ALL)[account] == pytest.approx(expected)


def test_each_key_and_each_hour_counts_by_itself(changed, scores_at):
    alone = np.log2(1 / np.array(USUAL)).mean()
    log, account = one_account(changed, 6, 6, 6, keys=6)
    assert scores_at(SharedKey, log, ALL)[account] == pytest.approx(alone)
    log, account = one_account(changed, 6, 6, 6, apart=MS_PER_HOUR)
    assert scores_at(SharedKey, log, ALL)[account] == pytest.approx(alone)


def test_the_reason_says_what_was_counted(changed):
    log, account = one_account(changed, 4, 3, 5)
    found = SharedKey().review(LogView(log, log.start + ALL))
    reason = dict(zip(found.account.tolist(), found.reason, strict=True))[account]
    assert reason == "4 addresses, 3 clients and 5 sessions with one key within an hour"
