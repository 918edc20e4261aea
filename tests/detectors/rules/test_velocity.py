"""Each limit at it, above it, and split over reviews and days."""

import numpy as np
import pytest

from shamcrowd.detectors.rules.velocity import LIMITS, ON_ADDRESS, ON_CARD, ON_DEVICE, Velocity
from shamcrowd.recording.samples import sample_log
from shamcrowd.recording.units import MS_PER_DAY, MS_PER_HOUR, MS_PER_MINUTE

HOUR = MS_PER_HOUR
ALL = 5 * MS_PER_DAY


@pytest.fixture
def signed_up(changed):
    """Sample with `count` accounts that sign up on one entity, `apart` ms from one another."""

    def make(column, count, apart):
        n = 80
        created = sample_log().start + np.arange(n) * 3 * HOUR
        created[:count] = sample_log().start + 30 * HOUR + np.arange(count) * apart
        own = np.arange(n) * 1000 + 7
        own[:count] = 7
        others = {"address": np.arange(n) * 1000 + 3, "device": np.arange(n) * 1000 + 5}
        prefixes = [f"100.{i // 250}.{i % 250}.0/24" for i in range(n)]
        where = own if column == "address" else others["address"]
        return changed(
            requests=None,
            activity=None,
            accounts={"created": created, **others, column: own},
            addresses={
                "address": np.resize(np.unique(where), len(sample_log().tables["addresses"])),
                "first_seen": [sample_log().start] * 71,
                "prefix": prefixes[: len(sample_log().tables["addresses"])],
            },
        )

    return make


@pytest.mark.parametrize(("column", "limit"), [("address", ON_ADDRESS), ("device", ON_DEVICE)])
@pytest.mark.parametrize("reviews", [(ALL,), (31 * HOUR, 32 * HOUR, ALL)])
def test_sign_ups_on_one_thing(signed_up, scores_at, column, limit, reviews):
    counts = (int(limit.count), int(limit.count) + 1)
    tops = []
    for count in counts:
        log = signed_up(column, count, HOUR // 2)
        scores = scores_at(Velocity, log, *reviews)
        members = log.tables["accounts"]["account"].to_pylist()[:count]
        assert len({scores[a] for a in members}) == 1, "the whole burst is meant, not its end"
        tops.append(scores[members[0]])
    assert tops[0] <= 0 < tops[1]
    assert tops[1] == pytest.approx(np.log2(counts[1] / limit.count))


def test_spread_over_more_than_a_day_is_no_burst(signed_up, scores_at):
    log = signed_up("device", 3, 13 * HOUR)
    scores = scores_at(Velocity, log, ALL)
    assert scores[log.tables["accounts"]["account"].to_pylist()[0]] <= 0


def test_a_burst_is_not_forgotten(signed_up, scores_at):
    log = signed_up("device", 5, HOUR // 2)
    member = log.tables["accounts"]["account"].to_pylist()[0]
    soon = scores_at(Velocity, log, 2 * MS_PER_DAY)[member]
    assert scores_at(Velocity, log, 2 * MS_PER_DAY, 3 * MS_PER_DAY, ALL)[member] == soon > 0


def test_requests_in_an_hour(changed, scores_at):
    log = sample_log(days=12)
    rows = len(log.tables["requests"])
    busy = log.tables["requests"]["account"].to_pylist()[0]
    account = log.tables["requests"]["account"].to_numpy().copy()
    account[:700] = busy
    time = np.sort(log.tables["requests"]["time"].cast("int64").to_numpy())
    time[:700] = time[700] - 700 * 1000 + np.arange(700) * 1000
    log = changed(log, requests={"account": account, "time": np.sort(time)})
    assert rows > 5000
    scores = scores_at(Velocity, log, 12 * MS_PER_DAY)
    assert scores[busy] > 0
    quiet = [s for a, s in scores.items() if a not in {busy, *log.crowd.tolist()}]
    assert max(quiet) < scores[busy]


def test_one_account_adding_a_card_again_is_one_account(changed, scores_at):
    log = sample_log()
    n = len(log.tables["activity"])
    whose = log.tables["accounts"]["account"].to_pylist()[0]
    log = changed(
        activity={"kind": ["card_added"] * n, "card": [5] * n, "account": [whose] * n,
                  "time": [log.start + 2 * MS_PER_DAY + MS_PER_MINUTE * i for i in range(n)]},
        accounts={"created": [log.start + HOUR * 14 * (i % 4) for i in range(80)]},
    )  # fmt: skip
    _, reason = _judged(log, whose)
    assert ON_CARD.what not in reason


def _judged(log, account):
    from shamcrowd.recording.view import LogView

    found = Velocity().review(LogView(log, log.start + ALL))
    at = found.account.tolist().index(account)
    return found.score[at], found.reason[at]


def test_limits_are_positive_and_told():
    for limit in LIMITS:
        assert limit.count > 0
        assert limit.what
