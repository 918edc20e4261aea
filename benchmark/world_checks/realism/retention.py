"""Retention: how many newcomers are still there after a day, a week and a month."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shamcrowd.benchmark.world_checks.realism.platform_log import PlatformLog, enough
from shamcrowd.benchmark.world_checks.realism.statistic import PlatformStatistic

if TYPE_CHECKING:
    import pandas as pd

LEAST = 100


def next_day(log: PlatformLog) -> float:
    """Share of newcomers that use it on the day after the first."""
    return _back(log, 1, 2)


def next_week(log: PlatformLog) -> float:
    """Share of newcomers that use it in the week after the first."""
    return _back(log, 7, 14)


def next_month(log: PlatformLog) -> float:
    """Share of newcomers that use it in the week after the first 30 days."""
    return _back(log, 30, 37)


def silent(log: PlatformLog) -> float:
    """Share of accounts that were opened before the recording and send nothing in it."""
    accounts = log.accounts
    old = accounts.loc[accounts["created"] < log.start, "account"]
    enough(len(old), LEAST, "accounts that are older than the recording")
    return float((~old.isin(log.requests("time")["account"])).mean())


def _back(log: PlatformLog, first: int, last: int) -> float:
    """Share of the newcomers who send requests from ``first`` to ``last`` days after their first
    one, of those that could be seen as long.
    """
    import pandas as pd

    rows = log.requests("time")
    begun = _first_use(log, rows)
    begun = begun[begun + pd.Timedelta(days=last) <= log.end]
    enough(len(begun), LEAST, f"newcomers {last} days before the end")
    rows = rows[rows["account"].isin(begun.index)]
    age = rows["time"] - rows["account"].map(begun)
    there = (age >= pd.Timedelta(days=first)) & (age < pd.Timedelta(days=last))
    return float(rows.loc[there, "account"].nunique() / len(begun))


def _first_use(log: PlatformLog, rows: pd.DataFrame) -> pd.Series:
    accounts = log.accounts
    new = accounts.loc[accounts["created"] >= log.start, "account"]
    return rows[rows["account"].isin(new)].groupby("account")["time"].min()


STATISTICS = (
    PlatformStatistic(
        "R1",
        "newcomers back on the next day",
        next_day,
        (0.2, 0.65),
        "20 to 30 % of app users on day 1 (Adjust, AppsFlyer); work accounts more (assumed)",
        (0.25, 0.3),
    ),
    PlatformStatistic(
        "R2",
        "newcomers back in the second week",
        next_week,
        (0.2, 0.65),
        "assumed between day 1 and day 30",
    ),
    PlatformStatistic(
        "R3",
        "newcomers back after 30 days",
        next_month,
        (0.06, 0.5),
        "6 % of app users on day 30 (AppsFlyer), 20 to 30 % within 90 days (Alchemer); work "
        "accounts more (assumed)",
        (0.06, 0.25),
    ),
    PlatformStatistic(
        "R4",
        "older accounts that send nothing",
        silent,
        (0.3, 0.85),
        "assumed: 70 to 94 % of app users are gone after a month or three, firms' stay",
    ),
)
