"""Statistics of server errors, on logs whose figures are counted by hand."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from shamcrowd.benchmark.scoring.not_measurable import NotMeasurableError
from shamcrowd.benchmark.world_checks.realism import errors

HOURS, EACH = 24 * 10, 100


def value(name, rows, days=10.0):
    (found,) = (each for each in errors.STATISTICS if each.id == name)
    return found.measure(SimpleNamespace(requests=lambda *columns: rows.copy(), days=days))


@pytest.fixture
def rows():
    """A hundred requests an hour, one of them failed, by ten accounts."""
    number = np.arange(HOURS * EACH)
    return pd.DataFrame(
        {
            "account": number % 10, "conversation": number, "sketch": number, "model": "deep",
            "status": np.where(number % EACH == 7, 500, 200),
            "time": pd.to_datetime(number * 36, unit="s", utc=True),
        }
    )  # fmt: skip


def test_share(rows):
    assert value("F1", rows) == pytest.approx(0.01)
    rows.loc[rows["status"] == 500, "status"] = 429
    with pytest.raises(NotMeasurableError, match="server errors"):
        value("F1", rows)


def test_days_with_outages(rows):
    assert value("F2", rows) == 0
    hour = rows.index // EACH
    for bad in (5, 8, 100):
        rows.loc[hour == bad, "status"] = 503
    # Two of them on one day.
    assert value("F2", rows) == pytest.approx(0.2)
    with pytest.raises(NotMeasurableError, match="days"):
        value("F2", rows, days=6.9)


def test_errors_one_by_one_and_together(rows):
    rng = np.random.default_rng(1)
    rows["status"] = np.where(rng.random(len(rows)) < 0.02, 500, 200)
    assert value("F3", rows) == pytest.approx(1, abs=0.1)
    # All in the hours of one account in twenty.
    rows["status"] = np.where((rows["account"] == 3) & (rows.index // EACH % 2 == 0), 500, 200)
    assert value("F3", rows) > 5


def test_sent_again(rows):
    assert value("F4", rows) == 0
    again = rows[rows["status"] == 500][::2]
    soon = again.assign(status=200, time=again["time"] + pd.Timedelta(seconds=59))
    assert value("F4", pd.concat([rows, soon])) == pytest.approx(0.5)
    late = again.assign(status=200, time=again["time"] + pd.Timedelta(seconds=60))
    assert value("F4", pd.concat([rows, late])) == 0
    other = soon.assign(sketch=-1)
    assert value("F4", pd.concat([rows, other])) == 0
