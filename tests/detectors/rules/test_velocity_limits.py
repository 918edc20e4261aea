"""Every velocity limit at it, just above it, and however the reviews fall."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shamcrowd.detectors.rules.velocity import (
    ON_BLOCK,
    ON_CARD,
    REQUESTS_A_DAY,
    REQUESTS_AN_HOUR,
    WORST,
    Velocity,
)
from shamcrowd.recording.samples import START, sample_log
from shamcrowd.recording.units import EARLIEST, MS_PER_DAY, MS_PER_HOUR, MS_PER_MINUTE
from shamcrowd.recording.view import LogView

HOUR = MS_PER_HOUR
N = 80
OWN = np.arange(N)
SAMPLE = sample_log()
IDS = SAMPLE.tables["accounts"]["account"].to_numpy()
BLOCKS = len(SAMPLE.tables["addresses"])


def _score(log, account, *moments):
    detector, since = Velocity(), EARLIEST
    for moment in moments:
        found = detector.review(LogView(log, START + moment, since))
        since = START + moment
    at = found.account.tolist().index(account)
    return found.score[at], found.reason[at]


@pytest.fixture
def calm(changed):
    """Accounts opened long ago and days apart; then what a test plants."""

    def make(accounts=None, requests=None, activity=None, prefix=None):
        return changed(
            accounts={
                "created": START - (OWN + 1) * 2 * MS_PER_DAY, "device": OWN,
                "address": OWN % BLOCKS, **(accounts or {}),
            },
            addresses={
                "address": np.arange(BLOCKS), "first_seen": [START - 1000 * MS_PER_DAY] * BLOCKS,
                "prefix": prefix or [f"10.1.{i}.0/24" for i in range(BLOCKS)],
            },
            requests=requests, activity=activity,
        )  # fmt: skip

    return make


def _busy(count, first, apart):
    """Requests of the first account at given moments; all other rows after the end."""
    rows = len(SAMPLE.tables["requests"])
    time = np.full(rows, START + 90 * MS_PER_DAY)
    time[:count] = START + first + np.arange(count) * apart
    return {"account": np.full(rows, IDS[0]), "time": time}


@pytest.mark.parametrize("moments", [(3 * MS_PER_DAY,), (HOUR // 2, 3 * MS_PER_DAY)])
def test_requests_in_one_hour(calm, moments):
    limit = int(REQUESTS_AN_HOUR.count)
    at, _ = _score(calm(requests=_busy(limit, 0, 10_000)), IDS[0], *moments)
    over, reason = _score(calm(requests=_busy(limit + 1, 0, 10_000)), IDS[0], *moments)
    assert at == 0
    assert over == pytest.approx(np.log2((limit + 1) / limit))
    assert reason == "301 requests in one hour, limit 300"


def test_two_busy_hours_are_not_one(calm):
    # 400 requests, 200 before the full hour and 200 after: two clock hours of 200.
    score, _ = _score(calm(requests=_busy(400, HOUR - 1_000_000, 5_000)), IDS[0], MS_PER_DAY)
    assert score == pytest.approx(np.log2(200 / 300))


@pytest.mark.parametrize("moments", [(3 * MS_PER_DAY,), (9 * HOUR, 20 * HOUR, 3 * MS_PER_DAY)])
def test_requests_in_one_day(calm, moments):
    # One each 55 s is 65 or 66 an hour, far below that limit.
    limit = int(REQUESTS_A_DAY.count)
    at, _ = _score(calm(requests=_busy(limit, 0, 55_000)), IDS[0], *moments)
    over, reason = _score(calm(requests=_busy(limit + 1, 0, 55_000)), IDS[0], *moments)
    assert at == 0
    assert over == pytest.approx(np.log2((limit + 1) / limit))
    assert reason == "1501 requests in one day, limit 1500"


@pytest.mark.parametrize("moments", [(3 * MS_PER_DAY,), (3 * HOUR, 3 * MS_PER_DAY)])
def test_sign_ups_from_one_block(calm, moments):
    limit = int(ON_BLOCK.count)
    for count in (limit, limit + 1):
        created = START - (OWN + 1) * 2 * MS_PER_DAY
        created[:count] = START + np.arange(count) * HOUR
        # The host part differs, and so does a block that begins alike.
        prefix = [f"10.1.{i}.0/24" for i in range(BLOCKS)]
        prefix[:count] = ["10.1.200.0/24"] * count
        prefix[count] = "10.2.200.0/24"
        log = calm(accounts={"created": created}, prefix=prefix)
        for account in IDS[:count]:
            score, reason = _score(log, account, *moments)
            assert score == pytest.approx(np.log2(count / limit))
        assert (reason != "") == (count > limit)
    assert reason == "9 sign-ups from its block (/24, /64) within a day, limit 8"


def _cards(shared, moments, whose=IDS):
    rows = len(SAMPLE.tables["activity"])
    card = 1000 + np.arange(rows)
    card[:shared] = 5
    time = np.full(rows, START + 90 * MS_PER_DAY)
    time[:shared] = START + np.array(moments)
    return {
        "account": np.resize(whose, rows), "kind": ["card_added"] * rows, "card": card,
        "time": time,
    }  # fmt: skip


@pytest.mark.parametrize("reviews", [(3 * MS_PER_DAY,), (2 * HOUR, 3 * MS_PER_DAY)])
def test_accounts_on_one_card(calm, reviews):
    limit = int(ON_CARD.count)
    for count in (limit, limit + 1):
        log = calm(activity=_cards(count, np.arange(count) * HOUR + HOUR))
        for account in IDS[:count]:
            assert _score(log, account, *reviews)[0] == pytest.approx(np.log2(count / limit))


def test_exactly_a_day_apart_is_not_within_a_day(calm):
    for last, many in ((MS_PER_DAY - 1, 3), (MS_PER_DAY, 2)):
        log = calm(activity=_cards(3, [0, HOUR, last]))
        for account in (IDS[0], IDS[2]):
            score, _ = _score(log, account, 3 * MS_PER_DAY)
            assert score == pytest.approx(np.log2(many / ON_CARD.count))


def test_one_account_adding_a_card_at_every_review_is_one_account(calm):
    log = calm(activity=_cards(4, np.arange(4) * 5 * HOUR, whose=IDS[:1]))
    whole, _ = _score(log, IDS[0], MS_PER_DAY)
    split, _ = _score(log, IDS[0], 4 * HOUR, 9 * HOUR, 14 * HOUR, MS_PER_DAY)
    assert split == whole == np.log2(1 / ON_CARD.count)


def test_scores_stay_in_their_bounds(calm):
    quiet, reason = _score(calm(), IDS[0], MS_PER_DAY)
    assert (quiet, reason) == (pytest.approx(np.log2(1 / 2)), "")
    log = calm(activity=_cards(N, np.arange(N) * MS_PER_MINUTE))
    assert _score(log, IDS[0], MS_PER_DAY)[0] == pytest.approx(np.log2(N / ON_CARD.count))
    assert np.log2(N / ON_CARD.count) < WORST


END = START + 3 * MS_PER_DAY
MOMENTS = st.lists(st.integers(START + 1, END - 1), max_size=6, unique=True)


def test_any_reviews_give_the_same_scores_at_the_end(changed):
    # The sample log names some addresses after their first account.
    log = changed(addresses={"first_seen": [START - MS_PER_DAY] * BLOCKS})

    @settings(deadline=None, derandomize=True, max_examples=20)
    @given(MOMENTS)
    def check(inside):
        scores = []
        for moments in ([END], [*sorted(inside), END]):
            detector, since = Velocity(), EARLIEST
            for now in moments:
                found = detector.review(LogView(log, now, since))
                since = now
            scores.append(dict(zip(found.account.tolist(), found.score.tolist(), strict=True)))
        assert scores[0] == pytest.approx(scores[1])

    check()
