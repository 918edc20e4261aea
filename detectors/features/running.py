"""Computes the feature table from the log.

Memory and time: a few hundred bytes per account and one sort of the new rows. Every row is read
once, and a few million requests are in memory at a time.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from shamcrowd.detectors.features.activity_counts import ActivityCounts
from shamcrowd.detectors.features.batch import batches
from shamcrowd.detectors.features.index import AccountIndex
from shamcrowd.detectors.features.sums import ROWS_IN_CACHE
from shamcrowd.detectors.features.supply import SupplyFeatures
from shamcrowd.detectors.features.table import AGE, IDLE, NAMES
from shamcrowd.detectors.features.traffic import TrafficFeatures
from shamcrowd.recording.view import LogView


class RunningFeatures:
    """Running sums per account, from which `settled` computes the features of `NAMES`.

    >>> from shamcrowd.recording.samples import sample_log
    >>> log = LogView(sample_log(), sample_log().start + 86_400_000)
    >>> features = RunningFeatures()
    >>> features.update(log)
    >>> features.settled.shape == (len(features.index), len(NAMES))
    True
    """

    def __init__(self) -> None:
        self.index = AccountIndex()
        self._created = np.empty(0, np.int64)
        self._known = {name: np.empty(0) for name in ("member", "phone", "trial")}
        self._traffic, self._supply, self._activity_counts = (
            TrafficFeatures(),
            SupplyFeatures(),
            ActivityCounts(),
        )

    def update(self, log: LogView) -> None:
        """Process the rows since the previous review."""
        self._new_accounts(log)
        activity = log.new.arrow("activity", ["account", "kind", "card", "amount"])
        self._activity_counts.add(self.index, activity)
        added = pc.equal(activity["kind"].cast(pa.string()), "card_added")
        self._supply.add_cards(self.index, activity.filter(added))
        for batch in batches(log, self.index):
            for part in batch.parts():
                self._traffic.add(part)
                self._supply.add(part)

    def _new_accounts(self, log: LogView) -> None:
        rows = log.new.arrow(
            "accounts",
            [
                "account", "created", "country", "utc_offset", "plan", "mailbox", "phone",
                "device", "address", "organisation",
            ],
        ).sort_by("account")  # fmt: skip
        self.index.update(log)
        created = rows["created"].cast(pa.int64()).to_numpy()
        self._created = np.concatenate([self._created, created])
        fresh = {
            "member": rows["organisation"].is_valid(),
            "phone": rows["phone"].is_valid(),
            "trial": pc.equal(rows["plan"].cast(pa.string()), "trial"),
        }
        for name, values in fresh.items():
            known = np.concatenate([self._known[name], values.to_numpy().astype(np.float64)])
            self._known[name] = known
        self._traffic.grow(rows["utc_offset"].to_numpy().astype(np.int64))
        self._supply.grow(log, rows)
        self._activity_counts.grow(len(self.index))

    @property
    def settled(self) -> npt.NDArray[np.float64]:
        """Shape (accounts, features): the table without the two ages, which `clocked` fills in."""
        traffic = self._traffic.columns(self._created)
        columns = {
            AGE: self._created,
            **self._known,
            **traffic,
            **self._supply.columns(np.expm1(traffic["requests"]), self._created),
            **self._activity_counts.columns(),
        }
        assert IDLE in columns
        table = np.empty((len(self.index), len(NAMES)))
        # A block of rows of all columns at a time: writing whole columns would miss the cache.
        for first in range(0, len(table), ROWS_IN_CACHE):
            rows = slice(first, first + ROWS_IN_CACHE)
            for i, name in enumerate(NAMES):
                table[rows, i] = columns[name][rows]
        return table
