"""A planted burst is found whole, once, and members of an organisation make none."""

import numpy as np
import pytest

from shamcrowd.detectors.rules.bursts import SURE
from shamcrowd.detectors.rules.sign_up_burst import SignUpBurst
from shamcrowd.recording.samples import sample_log
from shamcrowd.recording.units import EARLIEST, MS_PER_DAY, MS_PER_HOUR
from shamcrowd.recording.view import LogView

HOUR = MS_PER_HOUR
USUAL, BURST = 300, 15
DAYS = 10


@pytest.fixture
def burst(changed):
    """A log of sign-ups over ten days; the last fifteen came in one day from one block."""

    def make(kind="block", member=False, gateways=0):
        log = sample_log(accounts=USUAL + BURST)
        n = USUAL + BURST
        created = log.start + np.arange(n) * (DAYS * MS_PER_DAY // USUAL)
        created[USUAL:] = log.start + 8 * MS_PER_DAY + HOUR * (1 + np.arange(BURST) % 20)
        blocks = np.array([f"100.{i // 250}.{i % 250}.0/24" for i in range(n)])
        domains = np.where(np.arange(n) % 3, "mail.example", "post.example")
        if kind == "block":
            blocks[USUAL:] = "203.0.113.0/24"
        else:
            domains[USUAL:] = "burst.example"
        ids = np.arange(n) * 7 + 3
        kinds = np.full(n, "residential", object)
        kinds[USUAL : USUAL + gateways] = "campus"
        entity = {"first_seen": [log.start] * n}
        organisation = np.full(n, None)
        organisation[USUAL:] = 5 if member else None
        log = changed(
            wide(log, n),
            requests=None,
            activity=None,
            accounts={
                "created": created, "address": ids, "mailbox": ids, "organisation": organisation,
            },
            addresses={**entity, "address": ids, "prefix": blocks, "kind": kinds},
            mailboxes={**entity, "mailbox": ids, "domain": domains},
        )  # fmt: skip
        return log, log.tables["accounts"]["account"].to_pylist()[USUAL:]

    return make


def wide(log, n):
    """Entity tables of a row for every account."""
    tables = dict(log.tables)
    for name in ("addresses", "mailboxes", "cards", "activity"):
        tables[name] = tables[name].take(np.zeros(n, np.int64))
    return type(log)(tables, log.start, log.crowd)


@pytest.mark.parametrize("kind", ["block", "domain"])
def test_a_burst_is_found_whole(burst, scores_at, kind):
    log, shams = burst(kind)
    scores = scores_at(SignUpBurst, log, 9 * MS_PER_DAY, 11 * MS_PER_DAY)
    assert len({scores[a] for a in shams}) == 1
    assert min(scores[a] for a in shams) > SURE
    assert max(s for a, s in scores.items() if a not in shams) < SURE


def test_members_of_an_organisation_come_together_by_right(burst, scores_at):
    log, members = burst(member=True)
    scores = scores_at(SignUpBurst, log, 11 * MS_PER_DAY)
    assert {scores[a] for a in members} == {0.0}


@pytest.mark.parametrize("gateways", [7, 8])
def test_a_class_explains_itself_where_half_of_it_sits_behind_a_gateway(burst, scores_at, gateways):
    log, pupils = burst("domain", gateways=gateways)
    scores = scores_at(SignUpBurst, log, 11 * MS_PER_DAY)
    assert (max(scores[a] for a in pupils) > SURE) == (gateways < BURST / 2)


def test_reviews_within_the_day_count_nobody_twice(burst, scores_at):
    log, shams = burst()
    end = 11 * MS_PER_DAY
    once = scores_at(SignUpBurst, log, end)
    often = scores_at(SignUpBurst, log, *range(8 * MS_PER_DAY, end, 2 * HOUR), end)
    # Part of a day may look worse than the whole of it; what is settled is the same.
    assert all(often[a] >= once[a] - 1e-9 for a in once)
    assert max(often[a] - once[a] for a in shams) < 1.5


def test_says_why_and_groups(burst):
    log, shams = burst()
    found = SignUpBurst().review(LogView(log, log.start + 11 * MS_PER_DAY, EARLIEST))
    at = np.isin(found.account, shams)
    assert len(set(found.cluster[at].tolist())) == 1
    assert (found.cluster[~at] == -1).all()
    reason = found.reason[int(np.flatnonzero(at)[0])]
    assert reason.startswith("15 sign-ups with address block 203.0.113.0/24 in a day, where 0.")


@pytest.mark.parametrize("kind", ["card_added", "login"])
def test_cards_of_a_bin_count_on_the_day_they_are_added(changed, scores_at, kind):
    log, n = sample_log(accounts=USUAL + BURST), USUAL + BURST
    time = log.start + np.arange(n) * (DAYS * MS_PER_DAY // USUAL)
    time[USUAL:] = log.start + 8 * MS_PER_DAY + HOUR * (1 + np.arange(BURST) % 20)
    bins = np.array([f"9{i % 60:05}" for i in range(n)])
    bins[USUAL:] = "987654"
    order = np.argsort(time, kind="stable")
    accounts = log.tables["accounts"]["account"].to_numpy()
    log = changed(
        wide(log, n),
        requests=None,
        accounts={"created": np.full(n, log.start), "organisation": np.full(n, None)},
        activity={
            "time": time[order], "account": accounts[order], "card": np.arange(n)[order],
            "kind": [kind] * n,
        },
        cards={"card": np.arange(n), "bin": bins, "first_seen": [log.start] * n},
    )  # fmt: skip
    # All came on one day, by which nobody stands out.
    scores = scores_at(SignUpBurst, log, 7 * MS_PER_DAY, 11 * MS_PER_DAY)
    crowd = set(accounts[USUAL:].tolist())
    assert (min(scores[a] for a in crowd) > SURE) == (kind == "card_added")
    assert max(s for a, s in scores.items() if a not in crowd) < SURE
