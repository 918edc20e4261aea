"""Requests at once: how many of an account are in progress, and from how many addresses."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from shamcrowd.detectors.base import Findings
from shamcrowd.detectors.features.index import AccountIndex
from shamcrowd.recording.in_progress import busy_periods, in_progress
from shamcrowd.recording.view import LogView

WORST = 6.0
"""Largest absolute score."""
REQUESTS, ADDRESSES = 4.0, 2.0
"""Requests of an account, and addresses with one key, that are in progress at once and are usual.
Operators of relays name 4 to 5 requests at once as what gets an account banned (public issues
Wei-Shaw/sub2api#5806 and #6431, 2026; self-reports); addresses are assumed: a computer and a phone.
"""
COLUMNS = ("time", "account", "key", "address", "endpoint", "duration")
Rows = npt.NDArray[np.int64]


class Concurrency:
    """The largest excess over a usual number of requests, or of addresses, at once.

    Score: log2 of the larger ratio of a count to what is usual, between -6 and 6. Counted are the
    requests of an account that are in progress when another one begins, that one included, and the
    addresses from which requests with one of its keys are in progress. Results of batches, for
    which nobody waits, do not count. The largest count that an account ever reached is used.

    Source: reports by operators of relays (https://github.com/Wei-Shaw/sub2api/issues/5806); the
    limits are `REQUESTS` and `ADDRESSES`.

    Complexity: O(new rows log new rows) per review; a few numbers per account.

    When it fails: a campaign that spreads its work over many accounts has few requests at once on
    each. Developers with parallel agents and companies behind one key are false positives. On a log
    without durations it finds nothing.

    >>> from shamcrowd.recording.samples import sample_log
    >>> log = sample_log()
    >>> found = Concurrency().review(LogView(log, log.start + 3 * 86_400_000))
    >>> bool(-WORST <= found.score.min() <= found.score.max() <= WORST)
    True
    """

    needs_every_request = True

    def __init__(self) -> None:
        self._index = AccountIndex()
        self._requests = np.empty(0, np.int64)
        self._addresses = np.empty(0, np.int64)
        self._open: Rows = np.empty((5, 0), np.int64)
        """Requests in progress at the last review: beginning, place, key, address, end."""

    def review(self, log: LogView) -> Findings:
        """Score accounts by the largest excess so far."""
        new = self._index.update(log)
        more = np.zeros(len(new), np.int64)
        self._requests = np.concatenate([self._requests, more])
        self._addresses = np.concatenate([self._addresses, more])
        rows = np.concatenate([self._open, self._new(log)], axis=1)
        time, place, key, address, end = rows[:, np.lexsort((rows[1], rows[0]))]
        np.maximum.at(self._requests, place, in_progress(time, place, end) + 1)
        self._count_addresses(time, place, key, address, end)
        self._open = rows[:, rows[4] > log.now]
        return self._findings()

    def _new(self, log: LogView) -> Rows:
        found = log.new.arrow("requests", list(COLUMNS))
        chat = pc.fill_null(pc.not_equal(found["endpoint"].cast(pa.string()), "batch"), True)
        found = found.filter(pc.and_(chat, pc.greater(pc.fill_null(found["duration"], 0), 0)))
        time = found["time"].cast(pa.int64()).to_numpy()
        # A null key or address is one of its own.
        key, address = (
            pc.fill_null(found[name], -1).to_numpy().astype(np.int64) for name in ("key", "address")
        )
        place = self._index.of(found["account"].to_numpy()).astype(np.int64)
        return np.stack([time, place, key, address, time + found["duration"].to_numpy()])

    def _count_addresses(
        self, time: Rows, place: Rows, key: Rows, address: Rows, end: Rows
    ) -> None:
        """Addresses at once by key; a key belongs to one account."""
        keyed = np.flatnonzero((key >= 0) & (address >= 0))
        if not len(keyed):
            return
        _, first, code = np.unique(key[keyed], return_index=True, return_inverse=True)
        _, pair = np.unique(np.stack([code, address[keyed]]), axis=1, return_inverse=True)
        key_of = np.empty(int(pair.max()) + 1, np.int64)
        key_of[pair] = code
        begins, pairs, ends = busy_periods(time[keyed], pair, end[keyed])
        order = np.argsort(begins, kind="stable")
        keys = key_of[pairs[order]]
        count = in_progress(begins[order], keys, ends[order]) + 1
        np.maximum.at(self._addresses, place[keyed][first][keys], count)

    def _findings(self) -> Findings:
        counts = np.stack([self._requests, self._addresses])
        ratio = counts / np.array([[REQUESTS], [ADDRESSES]])
        score = np.clip(np.log2(np.maximum(ratio.max(axis=0), 2.0**-WORST)), -WORST, WORST)
        what = np.where(
            ratio[0] >= ratio[1],
            [f"{n} requests in progress at once, usual are {REQUESTS:g}" for n in counts[0]],
            [f"requests from {n} addresses at once, usual are {ADDRESSES:g}" for n in counts[1]],
        )
        return Findings(self._index.ids, score, reason=np.where(score > 0, what, "").tolist())
