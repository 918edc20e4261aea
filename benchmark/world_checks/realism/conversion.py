"""Conversion: how many owners of trials ever pay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shamcrowd.benchmark.world_checks.realism.platform_log import PlatformLog, enough
from shamcrowd.benchmark.world_checks.realism.statistic import PlatformStatistic

if TYPE_CHECKING:
    import pandas as pd

SETTLED_DAYS = 30
"""Trials that are younger may still convert."""
LEAST = 100


def conversion(log: PlatformLog) -> float:
    """Share of the trials granted `SETTLED_DAYS` before the end or earlier that led to a charge."""
    import pandas as pd

    activity = log.activity
    trials = _accounts(activity, "trial_grant", log.end - pd.Timedelta(days=SETTLED_DAYS))
    enough(len(trials), LEAST, "trials of 30 days or more")
    return float(trials.isin(_accounts(activity, "charge", log.end)).mean())


def _accounts(activity: pd.DataFrame, kind: str, before: pd.Timestamp) -> pd.Series:
    rows = activity[(activity["kind"] == kind) & (activity["time"] < before)]
    return rows["account"].drop_duplicates()


STATISTICS = (
    PlatformStatistic(
        "M1",
        "trials that become paying customers",
        conversion,
        (0.02, 0.25),
        "8.5 % of AI apps', 5.6 % of others' (RevenueCat 2026); 2 to 5 % of free plans, 15 to 25 % "
        "of trials without a card (SaaS benchmarks, 2012 to 2026)",
        (0.035, 0.056, 0.085, 0.10, 0.182),
    ),
)
