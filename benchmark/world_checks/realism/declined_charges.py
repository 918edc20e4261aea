"""Declined charges, and how many of them are recovered."""

from __future__ import annotations

import numpy as np

from shamcrowd.benchmark.world_checks.realism.platform_log import PlatformLog, enough
from shamcrowd.benchmark.world_checks.realism.statistic import PlatformStatistic

WINDOW_DAYS = 30
"""A decline is recovered if a charge goes through within this time."""
LEAST = 50


def recovered(log: PlatformLog) -> float:
    """Share of first declines that a charge follows within `WINDOW_DAYS`.

    A decline is the first if no decline comes before it within that time.
    """
    import pandas as pd

    activity = log.activity
    window = pd.Timedelta(days=WINDOW_DAYS)
    rows = activity[activity["kind"].isin(["charge", "decline"]) & activity["card"].notna()]
    rows = rows.sort_values(["account", "time"], kind="stable")
    declined = rows[rows["kind"] == "decline"]
    since = declined.groupby("account")["time"].diff()
    first = declined[(since.isna() | (since > window)) & (declined["time"] < log.end - window)]
    enough(len(first), LEAST, "declined charges a month before the end")
    paid = rows.loc[rows["kind"] == "charge", ["account", "time"]].sort_values("time")
    found = pd.merge_asof(
        first[["account", "time"]].sort_values("time"),
        paid.assign(paid=paid["time"]),
        on="time",
        by="account",
        direction="forward",
        tolerance=window,
    )
    return float(found["paid"].notna().mean())


def declined(log: PlatformLog) -> float:
    """Declines per charge or decline."""
    kinds = log.activity["kind"].astype(str).to_numpy()
    tried = np.isin(kinds, ["charge", "decline"])
    enough(int(tried.sum()), 300, "charges")
    return float((kinds == "decline").sum() / tried.sum())


STATISTICS = (
    PlatformStatistic(
        "M4",
        "declined charges that are recovered",
        recovered,
        (0.3, 0.75),
        "47.6 % in the industry's median, 70 to 85 % at best (Slicker, Baremetrics 2026)",
        (0.476, 0.70),
    ),
    PlatformStatistic(
        "M5",
        "declines per charge tried",
        declined,
        (0.02, 0.15),
        "5 to 10 % of payments online are declined at first (Baymard Institute; PayPal)",
        (0.05, 0.10),
    ),
)
