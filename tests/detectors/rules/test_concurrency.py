"""Requests and addresses at once: at the limit, above it, and over reviews."""

import numpy as np
import pytest

from shamcrowd.detectors.rules.concurrency import ADDRESSES, REQUESTS, Concurrency
from shamcrowd.recording.samples import sample_log
from shamcrowd.recording.units import MS_PER_DAY

ALL = 5 * MS_PER_DAY
BEGIN = 30 * 3_600_000 + 20_000


@pytest.fixture
def overlapping(changed):
    """The sample with ``count`` requests of one account, a second apart, and nothing else at once.

    Each takes ``took`` ms; all others take a millisecond.
    """

    def make(count, took, *, addresses=1, keys=1, endpoint="chat"):
        log = sample_log()
        rows = len(log.tables["requests"])
        time = log.start + np.arange(rows) * 60_000 + 1
        account = np.resize(log.tables["accounts"]["account"].to_numpy(), rows)
        at = np.arange(count)
        time[at] = log.start + BEGIN + at * 1000
        account[at] = account[0]
        duration = np.ones(rows, np.int64)
        duration[at] = took
        address, key = (np.arange(rows) + 10_000 for _ in range(2))
        address[at], key[at] = 7 + at % addresses, 3 + at % keys
        kind = np.full(rows, "chat", object)
        kind[at] = endpoint
        order = np.argsort(time, kind="stable")
        columns = {"time": time, "account": account, "duration": duration, "address": address,
                   "key": key, "endpoint": kind}  # fmt: skip
        opened = log.start + np.arange(len(log.tables["accounts"]))
        made = changed(
            log,
            requests={name: values[order] for name, values in columns.items()},
            accounts={"created": opened},
            activity=None,
        )
        return made, int(account[0])

    return make


@pytest.mark.parametrize("reviews", [(ALL,), (BEGIN + 2500, BEGIN + 3500, ALL)])
@pytest.mark.parametrize("count", [int(REQUESTS), int(REQUESTS) + 1])
def test_requests_at_once(overlapping, scores_at, count, reviews):
    log, account = overlapping(count, 20_000)
    score = scores_at(Concurrency, log, *reviews)[account]
    assert score == pytest.approx(np.log2(count / REQUESTS))


def test_one_after_the_other_is_one_at_once(overlapping, scores_at):
    log, account = overlapping(9, 1000)
    assert scores_at(Concurrency, log, ALL)[account] == pytest.approx(np.log2(1 / ADDRESSES))
    log, account = overlapping(9, 4001)
    assert scores_at(Concurrency, log, ALL)[account] == pytest.approx(np.log2(5 / REQUESTS))


@pytest.mark.parametrize("reviews", [(ALL,), (BEGIN + 1500, ALL)])
def test_addresses_of_a_key_at_once(overlapping, scores_at, reviews):
    many = int(ADDRESSES) + 1
    log, account = overlapping(many, 20_000, addresses=many)
    score = scores_at(Concurrency, log, *reviews)[account]
    assert score == pytest.approx(np.log2(many / ADDRESSES))
    # The same address again is none more, and each key is counted by itself.
    log, account = overlapping(4, 20_000, addresses=2)
    assert scores_at(Concurrency, log, *reviews)[account] == pytest.approx(0.0)
    log, account = overlapping(many, 20_000, addresses=many, keys=many)
    expected = max(np.log2(many / REQUESTS), np.log2(1 / ADDRESSES))
    assert scores_at(Concurrency, log, *reviews)[account] == pytest.approx(expected)


def test_results_of_batches_do_not_count(overlapping, scores_at):
    log, account = overlapping(9, 3_600_000, endpoint="batch")
    # One request and one address at once.
    assert scores_at(Concurrency, log, ALL)[account] == pytest.approx(np.log2(1 / ADDRESSES))


def test_reasons_say_what_was_at_once(overlapping):
    from shamcrowd.recording.view import LogView

    log, account = overlapping(6, 20_000)
    found = Concurrency().review(LogView(log, log.start + ALL))
    reason = dict(zip(found.account.tolist(), found.reason, strict=True))[account]
    assert reason == "6 requests in progress at once, usual are 4"
