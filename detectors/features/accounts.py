"""The feature table, kept up from the rows since the last review.

Memory and time: a few numbers per account, one sort of the new rows; nothing is read twice.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from detectors.features.index import AccountIndex, Pairs, sharing
from detectors.features.peaks import Peaks
from detectors.features.table import NAMES
from recording.view import LogView

MS_PER_HOUR = 3_600_000
NEAR_BITS = 12
_REQUEST_COLUMNS = (
    "time",
    "account",
    "address",
    "model",
    "topic",
    "sketch",
    "input_tokens",
    "output_tokens",
    "status",
)


class AccountFeatures:
    """Running sums per account; `table` turns them into the features of `NAMES`."""

    def __init__(self) -> None:
        self.index = AccountIndex()
        self._sum = {
            name: np.empty(0)
            for name in (
                "requests",
                "input",
                "output",
                "failed",
                "night",
                "gaps",
                "gap",
                "gap2",
                "same",
                "cards",
                "declines",
                "logins",
            )
        }
        self._last = {
            "created": np.empty(0, np.int64),
            "offset": np.empty(0, np.int64),
            "device": np.empty(0, np.int64),
            "time": np.empty(0, np.int64),
            "sketch": np.empty(0, np.uint64),
        }
        self._hours, self._days = Peaks(MS_PER_HOUR), Peaks(24 * MS_PER_HOUR)
        self._words: dict[str, dict[str, int]] = {"topic": {}, "model": {}}
        self._used = {name: Pairs() for name in self._words}
        self._addresses = Pairs()
        self._cards = Pairs()

    def update(self, log: LogView) -> None:
        """Take in what came since the last review."""
        self._new_accounts(log)
        self._new_activity(log)
        self._new_requests(log)

    def _new_accounts(self, log: LogView) -> None:
        rows = log.new.accounts(["account", "created", "utc_offset", "device"])
        new = self.index.update(log)
        rows = rows.set_index("account").loc[new]
        for peaks in (self._hours, self._days):
            peaks.grow(len(self.index))
        for name, values in self._sum.items():
            self._sum[name] = np.concatenate([values, np.zeros(len(new))])
        fresh = {
            "created": rows["created"].to_numpy("datetime64[ms]").astype(np.int64),
            "offset": rows["utc_offset"].to_numpy(np.int64) * 60_000,
            "device": rows["device"].to_numpy(np.int64),
        }
        for name, kept in self._last.items():
            blank = np.full(len(new), 0 if name != "time" else -1, kept.dtype)
            self._last[name] = np.concatenate([kept, fresh.get(name, blank)])

    def _new_activity(self, log: LogView) -> None:
        rows = log.new.activity(["account", "kind", "card"])
        place = self.index.of(rows["account"].to_numpy())
        kind = rows["kind"].astype(str).to_numpy()
        for name, word in (("cards", "card_added"), ("declines", "decline"), ("logins", "login")):
            self._sum[name] += np.bincount(place[kind == word], minlength=len(self.index))
        added = kind == "card_added"
        self._cards.add(place[added], rows["card"].to_numpy()[added].astype(np.int64))

    def _new_requests(self, log: LogView) -> None:
        rows = log.new.arrow("requests", _REQUEST_COLUMNS)
        if not rows.num_rows:
            return
        column = {
            name: rows.column(name) for name in _REQUEST_COLUMNS if name not in ("model", "topic")
        }
        place = self.index.of(column["account"].to_numpy())
        time = column["time"].cast("int64").to_numpy()
        sketch = column["sketch"].to_numpy()
        # By account, then time, then prompt: rows of one moment have no order of their own.
        order = np.lexsort((sketch, time, place))
        place, time, sketch = place[order], time[order], sketch[order]
        first = np.flatnonzero(np.diff(place, prepend=-1))
        who = place[first]
        count = np.diff(first, append=len(place))
        total, last = self._sum, self._last
        n = len(self.index)
        total["requests"] += np.bincount(place, minlength=n)
        for name in ("input", "output"):
            values = np.log1p(column[f"{name}_tokens"].to_numpy()[order])
            total[name] += np.bincount(place, weights=values, minlength=n)
        bad = column["status"].to_numpy()[order] != 200
        total["failed"] += np.bincount(place[bad], minlength=n)
        local = (time + last["offset"][place]) // MS_PER_HOUR % 24
        total["night"] += np.bincount(place[local < 6], minlength=n)
        self._gaps(place, time, sketch, first)
        for peaks in (self._hours, self._days):
            peaks.add(place, time)
        for name, pairs in self._used.items():
            pairs.add(place, self._codes(name, rows.column(name))[order])
        ends = first + count - 1
        last["time"][who], last["sketch"][who] = time[ends], sketch[ends]
        self._addresses.add(place, column["address"].to_numpy()[order])

    def _codes(self, name: str, column: pa.ChunkedArray) -> npt.NDArray[np.int64]:
        """Our own number for each word: those of a log's dictionaries may differ by review."""
        encoded = column.combine_chunks()
        seen = self._words[name]
        own = [seen.setdefault(word, len(seen)) for word in encoded.dictionary.to_pylist()]
        codes: npt.NDArray[np.int64] = np.array(own, np.int64)[encoded.indices.to_numpy()]
        return codes

    def _gaps(
        self,
        place: npt.NDArray[np.int64],
        time: npt.NDArray[np.int64],
        sketch: npt.NDArray[np.uint64],
        first: npt.NDArray[np.int64],
    ) -> None:
        before, prompt = np.roll(time, 1), np.roll(sketch, 1)
        before[first], prompt[first] = (
            self._last["time"][place[first]],
            self._last["sketch"][place[first]],
        )
        known = before >= 0
        place, gap = place[known], np.log1p((time - before)[known] / 1000.0)
        n, total = len(self.index), self._sum
        total["gaps"] += np.bincount(place, minlength=n)
        total["gap"] += np.bincount(place, weights=gap, minlength=n)
        total["gap2"] += np.bincount(place, weights=gap * gap, minlength=n)
        near = np.bitwise_count(sketch ^ prompt)[known] <= NEAR_BITS
        total["same"] += np.bincount(place[near], minlength=n)

    def table(self, now: int) -> npt.NDArray[np.float64]:
        """Shape (accounts, features), rows in the order of ``index.ids``; all finite."""
        total, last, n = self._sum, self._last, len(self.index)
        requests = np.maximum(total["requests"], 1)
        gaps = np.maximum(total["gaps"], 1)
        mean_gap = total["gap"] / gaps
        spread = np.sqrt(np.maximum(total["gap2"] / gaps - mean_gap**2, 0))
        places = np.arange(n)
        columns = {
            "age": np.log1p((now - last["created"]) / MS_PER_HOUR),
            "requests": np.log1p(total["requests"]),
            "days": self._days.units,
            "daily": np.log1p(total["requests"] / np.maximum(self._days.units, 1)),
            "peak": np.log1p(self._hours.peak),
            "input": total["input"] / requests,
            "output": total["output"] / requests,
            "failed": total["failed"] / requests,
            "night": total["night"] / requests,
            "gap": mean_gap,
            "gap_spread": spread,
            "same_prompt": total["same"] / gaps,
            "topics": np.bincount(self._used["topic"].places, minlength=n),
            "models": np.bincount(self._used["model"].places, minlength=n),
            "addresses": np.log1p(np.bincount(self._addresses.places, minlength=n)),
            "address_shared": np.log1p(sharing(self._addresses.places, self._addresses.things, n)),
            "device_shared": np.log1p(sharing(places, last["device"], n)),
            "card_shared": np.log1p(sharing(self._cards.places, self._cards.things, n)),
            "cards": total["cards"],
            "declines": total["declines"],
            "logins": np.log1p(total["logins"]),
        }
        return np.stack([columns[name].astype(np.float64) for name in NAMES], axis=1)
