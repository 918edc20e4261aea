"""Totals of the wallets of campaigns."""

from __future__ import annotations

import pandas as pd


def spent_and_earned(rows: pd.DataFrame) -> tuple[dict[str, float], dict[str, float]]:
    """US dollars spent and US dollars earned, by campaign."""
    name, dollars = rows["campaign"].astype(str), rows["dollars"]
    paid, earned = dollars.clip(lower=0), (-dollars).clip(lower=0)
    both = (part.groupby(name).sum() for part in (paid, earned))
    one, other = ({str(n): float(d) for n, d in sums.items()} for sums in both)
    return one, other
