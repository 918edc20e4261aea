"""Counts of each account's activity: log-ins, cards, payments, challenges, reports."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from shamcrowd.detectors.features.index import AccountIndex
from shamcrowd.detectors.features.sums import Sums

COUNTED = {
    "cards": ("card_added",),
    "declines": ("decline",),
    "logins": ("login",),
    "failed_logins": ("login_failed",),
    "keys": ("key_created",),
    "invited": ("referral",),
    "returned": ("refund", "chargeback"),
    "challenges": ("challenge", "throttle", "suspension"),
    "reports": ("policy_flag", "user_report"),
}
"""Columns of the feature table that count rows of activity, with the kinds they count."""
PAID, GRANTED = "charge", "trial_grant"


class ActivityCounts:
    """Running counts and sums over the activity of each account."""

    def __init__(self) -> None:
        self._sum = Sums(**dict.fromkeys(COUNTED, 0), paid=0, granted=0)

    def grow(self, accounts: int) -> None:
        """Extend the arrays to ``accounts`` accounts."""
        self._sum.grow(accounts)

    def add(self, index: AccountIndex, rows: pa.Table) -> None:
        """Count rows of activity, with columns account, kind and amount."""
        n = len(index)
        place = index.of(rows["account"].to_numpy())
        code, names = pd.factorize(rows["kind"].cast(pa.string()).to_numpy())
        for name, kinds in COUNTED.items():
            counted = np.isin(names, kinds)[code]
            self._sum[name][:] += np.bincount(place[counted], minlength=n)
        amount = pc.fill_null(rows["amount"], 0.0).to_numpy()
        for name, kind in (("paid", PAID), ("granted", GRANTED)):
            here = (names == kind)[code]
            self._sum[name][:] += np.bincount(place[here], weights=amount[here], minlength=n)

    def columns(self) -> dict[str, npt.NDArray[np.float64]]:
        """Return columns of the feature table, each of shape (accounts,)."""
        total = self._sum
        plain = {name: total[name] for name in COUNTED if name not in ("logins", "keys")}
        logs = {name: np.log1p(total[name]) for name in ("logins", "keys", "paid", "granted")}
        return plain | logs
