"""What people pay against what they use."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from shamcrowd.benchmark.world_checks.realism.platform_log import PlatformLog, enough
from shamcrowd.benchmark.world_checks.realism.statistic import PlatformStatistic

if TYPE_CHECKING:
    import pandas as pd

LEAST = 200
OUTPUT_WEIGHT = 5.0
"""Price of an output token in input tokens, as on public price lists."""


def gini(values: npt.NDArray[np.float64]) -> float:
    """Gini coefficient of amounts, 0 to 1.

    >>> gini(np.array([0.0, 0.0, 0.0, 1.0]))
    0.75
    """
    ordered = np.sort(values)
    rank = np.arange(1, len(ordered) + 1)
    total = float(ordered.sum())
    return float(2 * (rank @ ordered) / (len(ordered) * total) - (len(ordered) + 1) / len(ordered))


def gap_of_ginis(log: PlatformLog) -> float:
    """Gini of spend over all accounts, minus that of use, in the recording."""
    charges = _charges(log)
    enough(len(charges), LEAST, "charges in the recording")
    rows = log.requests("input_tokens", "output_tokens")
    tokens = rows["input_tokens"] + OUTPUT_WEIGHT * rows["output_tokens"]
    accounts = log.accounts["account"]
    use = tokens.groupby(rows["account"]).sum().reindex(accounts).fillna(0.0)
    spend = charges.groupby("account")["amount"].sum().reindex(accounts).fillna(0.0)
    return gini(spend.to_numpy(np.float64)) - gini(use.to_numpy(np.float64))


def commonest_sum(log: PlatformLog) -> float:
    """Share of the charges that are of the commonest sum."""
    charges = _charges(log)
    enough(len(charges), LEAST, "charges in the recording")
    return float(charges["amount"].round(2).value_counts(normalize=True).iloc[0])


def _charges(log: PlatformLog) -> pd.DataFrame:
    activity = log.activity
    return activity[(activity["kind"] == "charge") & (activity["time"] >= log.start)]


STATISTICS = (
    PlatformStatistic(
        "M6",
        "Gini of spend minus that of use",
        gap_of_ginis,
        (-0.2, 0.1),
        "assumed: what is paid follows what is used, flat prices even it out",
    ),
    PlatformStatistic(
        "M7",
        "charges of the commonest sum",
        commonest_sum,
        (0.02, 0.45),
        "assumed: three tiers, taxes by country, sums that people choose, and invoices",
    ),
)
