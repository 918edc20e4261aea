"""Statistics of payments and retention, on logs whose values are known."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from shamcrowd.benchmark.scoring.not_measurable import NotMeasurableError
from shamcrowd.benchmark.world_checks.realism import (
    conversion,
    declined_charges,
    retention,
    returned_money,
    spend,
)

START, DAYS = pd.Timestamp("2026-03-02", tz="UTC"), 60


def _log(events=(), requests=(), accounts=None):
    """A log of (kind, account, day, amount) and of requests (account, day)."""
    rows = pd.DataFrame(list(events), columns=["kind", "account", "day", "amount"])
    rows = rows.assign(time=START + pd.to_timedelta(rows["day"], unit="D"), card=1.0)
    asked = pd.DataFrame(list(requests), columns=["account", "day"])
    asked = asked.assign(
        time=START + pd.to_timedelta(asked["day"], unit="D"), input_tokens=10, output_tokens=0
    )
    known = accounts if accounts is not None else {}
    return SimpleNamespace(
        activity=rows.sort_values("time", kind="stable"),
        accounts=pd.DataFrame(
            {
                "account": list(known),
                "created": START + pd.to_timedelta(list(known.values()), unit="D"),
            }
        ),
        requests=lambda *_: asked,
        start=START,
        end=START + pd.Timedelta(days=DAYS),
        days=DAYS,
    )


def test_conversion_counts_trials_that_had_the_time():
    trials = [("trial_grant", n, 0.0, 5.0) for n in range(100)]
    young = [("trial_grant", n, DAYS - conversion.SETTLED_DAYS, 5.0) for n in range(100, 200)]
    paid = [("charge", n, 40.0, 20.0) for n in (*range(7), *range(100, 160))]
    assert conversion.conversion(_log([*trials, *young, *paid])) == 0.07
    with pytest.raises(NotMeasurableError, match="fewer than 100 trials"):
        conversion.conversion(_log([*trials[1:], *young, *paid]))


def test_what_goes_back():
    charges = [("charge", n, 1.0, 20.0) for n in range(1000)]
    back = [("refund", n, 2.0, 20.0) for n in range(30)]
    back += [("chargeback", n, 2.0, 20.0) for n in range(50, 54)]
    log = _log([*charges, *back])
    assert returned_money.refunds(log) == 0.03
    assert returned_money.disputes(log) == 0.004
    with pytest.raises(NotMeasurableError):
        returned_money.disputes(_log([*charges[1:], *back]))


def test_a_decline_is_recovered_within_a_month():
    window = declined_charges.WINDOW_DAYS
    first = [("decline", n, 1.0, 20.0) for n in range(60)]
    again = [("decline", n, 3.0, 20.0) for n in range(60)]
    soon = [("charge", n, 1.0 + window, 20.0) for n in range(30)]
    late = [("charge", n, 1.1 + window, 20.0) for n in range(30, 60)]
    log = _log([*first, *again, *soon, *late])
    assert declined_charges.recovered(log) == 0.5
    with pytest.raises(NotMeasurableError):
        declined_charges.declined(log)
    paid = [("charge", n, 1.0, 20.0) for n in range(300)]
    assert declined_charges.declined(_log([*paid, *first])) == 60 / 360


def test_spend_against_use():
    known = dict.fromkeys(range(400), -1.0)
    charges = [("charge", n, 1.0, 20.0) for n in range(200)]
    log = _log(charges, [(n, 1.0) for n in range(200)], known)
    assert spend.gap_of_ginis(log) == pytest.approx(0.0)
    assert spend.commonest_sum(log) == 1.0
    before = [("charge", n, -1.0, 20.0) for n in range(200)]
    with pytest.raises(NotMeasurableError):
        spend.commonest_sum(_log(before, [], known))


def test_gini():
    assert spend.gini(np.ones(5)) == pytest.approx(0.0)


@pytest.mark.parametrize(
    ("measure", "inside", "outside"),
    [
        (retention.next_day, (1.0, 1.99), (0.99, 2.01)),
        (retention.next_week, (7.0, 13.9), (6.9, 14.1)),
        (retention.next_month, (30.0, 36.9), (29.9, 37.1)),
    ],
)
def test_newcomers_who_come_back(measure, inside, outside):
    known = dict.fromkeys(range(100), 0.5)
    first = [(n, 1.0) for n in range(100)]
    for days, share in ((inside, 0.4), (outside, 0.0)):
        back = [(n, 1.0 + day) for n in range(40) for day in days]
        assert measure(_log((), [*first, *back], known)) == share
    # Those who come too late to be seen as long do not count.
    with pytest.raises(NotMeasurableError, match="fewer than 100 newcomers"):
        measure(_log((), [(n, DAYS - 1.0) for n in range(100)], known))


def test_silent_accounts():
    known = dict.fromkeys(range(100), -1.0) | dict.fromkeys(range(100, 200), 1.0)
    assert retention.silent(_log((), [(n, 2.0) for n in range(25)], known)) == 0.75
