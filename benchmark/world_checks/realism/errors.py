"""Server errors, and what clients do about them (F1 to F4)."""

from __future__ import annotations

import numpy as np
import pandas as pd

from shamcrowd.benchmark.world_checks.realism.platform_log import PlatformLog, enough
from shamcrowd.benchmark.world_checks.realism.statistic import PlatformStatistic

LEAST = 200
"""Errors that a figure needs."""
DAYS = 7
"""Days that a number of outages needs."""
HELD = 30
"""Requests of an hour in which an outage can be seen."""
TIMES = 4.0
"""An hour with more than so many times the usual share of errors has an outage."""
SOON = 60.0
"""Seconds within which a failed request is sent again."""


def _failed(log: PlatformLog, *columns: str) -> pd.DataFrame:
    rows = log.requests("time", "status", *columns)
    rows["failed"] = rows["status"] >= 500
    enough(int(rows["failed"].sum()), LEAST, "server errors")
    return rows


def _share(log: PlatformLog) -> float:
    return float(_failed(log)["failed"].mean())


def _days_with_outages(log: PlatformLog) -> float:
    """Share of days in which, for some hour, a model fails far more often than usually."""
    enough(int(log.days), DAYS, "days")
    rows = _failed(log, "model")
    hour = rows["time"].dt.floor("h")
    held = rows["failed"].groupby([rows["model"].astype(str), hour]).agg(["size", "sum"])
    held = held[held["size"] >= HELD]
    enough(len(held), 24, f"hours of a model with {HELD} requests")
    usual = TIMES * rows["failed"].mean()
    # One error more than a hundredth of a Poisson distribution of the usual mean lets happen.
    most = held["size"] * usual + 2.33 * np.sqrt(held["size"] * usual)
    bad = held.index[held["sum"] > most].get_level_values("time")
    return float(bad.floor("D").nunique() / log.days)


def _dispersion(log: PlatformLog) -> float:
    """Variance of the errors of an account in an hour over the mean, pooled over their sizes: 1 if
    requests failed one by one.
    """
    rows = _failed(log)
    both = rows["failed"].groupby([rows["account"], rows["time"].dt.floor("h")])
    held = both.agg(["size", "sum"])
    expected = held["size"] * rows["failed"].mean()
    return float(((held["sum"] - expected) ** 2).sum() / expected.sum())


def _sent_again(log: PlatformLog) -> float:
    rows = _failed(log, "conversation", "sketch")
    rows = rows.sort_values(["account", "conversation", "time"], kind="stable")
    after = rows.shift(-1)
    soon = (after["time"] - rows["time"]).dt.total_seconds() < SOON
    soon &= (after["conversation"] == rows["conversation"]) & (after["sketch"] == rows["sketch"])
    return float(soon[rows["failed"]].mean())


STATISTICS = (
    PlatformStatistic(
        "F1",
        "server errors among requests",
        _share,
        (0.001, 0.02),
        "1 % of calls fail (BurstGPT); 99.1 to 99.9 % uptime (status pages, 2026)",
        (0.001, 0.009, 0.01),
    ),
    PlatformStatistic(
        "F2",
        "days with an outage",
        _days_with_outages,
        (0.05, 0.7),
        "incidents on 11 of 16 days, 5 of models (status.claude.com, April 2026)",
        (0.31, 0.69),
    ),
    PlatformStatistic(
        "F3",
        "errors by account and hour, var/mean",
        _dispersion,
        (1.2, 40),
        "assumed: errors come together",
    ),
    PlatformStatistic(
        "F4",
        "errors followed by a retry",
        _sent_again,
        (0.4, 0.95),
        "client libraries retry twice (openai-python, anthropic-sdk-python)",
    ),
)
