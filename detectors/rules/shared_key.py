"""How many people are on a key: addresses, clients and rhythms at once."""

from __future__ import annotations

import numpy as np

from shamcrowd.detectors.base import Findings
from shamcrowd.detectors.features.index import AccountIndex
from shamcrowd.detectors.features.key_use import COUNTED, KeyHours
from shamcrowd.recording.view import LogView

WORST = 6.0
"""Largest absolute score."""
USUAL = (2.0, 2.0, 3.0)
"""Addresses, clients and sessions of one person in an hour: a computer and a phone, and work that
is taken up again (assumed)."""


class SharedKey:
    """One key, used from many places, with many programs and in many rhythms within an hour.

    Score: the mean of three log2 ratios, of the addresses, clients and sessions with one key in one
    clock hour to what is usual for one person (`USUAL`), between -6 and 6. All three have to be
    high: one alone is a moving phone, a build machine or an agent with many sessions. The highest
    value that a key of the account ever reached is used.

    Source: operators of relays report accounts with their own card and up to four users that live
    for months, and bans a day after one account was shared with a second person (public issues,
    https://github.com/Wei-Shaw/claude-relay-service/issues/94 and #1147; self-reports).

    Complexity: O(new rows log new rows) per review; one number per account, and the rows of the
    hour that is not over yet.

    When it fails: a relay that sends everything through one address and one program, as most do,
    looks like one person here. Companies whose staff share a key, and authorised routers, are false
    positives. Keys that a log does not record are taken as one of each account.

    >>> from shamcrowd.recording.samples import sample_log
    >>> log = sample_log()
    >>> found = SharedKey().review(LogView(log, log.start + 3 * 86_400_000))
    >>> bool(-WORST <= found.score.min() <= found.score.max() <= WORST)
    True
    """

    needs_every_request = True

    def __init__(self) -> None:
        self._index = AccountIndex()
        self._hours = KeyHours()
        self._score = np.empty(0)
        self._counts = np.empty((len(COUNTED), 0), np.int64)

    def review(self, log: LogView) -> Findings:
        """Score accounts by the busiest hour of a key so far."""
        new = len(self._index.update(log))
        self._score = np.concatenate([self._score, np.full(new, -WORST)])
        more = np.zeros((len(COUNTED), new), np.int64)
        self._counts = np.concatenate([self._counts, more], axis=1)
        place, counts = self._hours.update(log, self._index)
        if len(place):
            self._raise(place, counts)
        reasons = [
            f"{a} addresses, {c} clients and {s} sessions with one key within an hour"
            for a, c, s in self._counts.T
        ]
        return Findings(
            self._index.ids,
            self._score,
            reason=np.where(self._score > 0, reasons, "").tolist(),
        )

    def _raise(self, place: np.ndarray, counts: np.ndarray) -> None:
        """Take over each account's highest hour if it is higher than before."""
        ratio = np.log2(counts / np.array(USUAL)[:, None]).mean(axis=0)
        score = np.clip(ratio, -WORST, WORST)
        # The last row of an account in this order is its highest; ties by the counts themselves.
        order = np.lexsort((*counts, score, place))
        last = order[np.append(np.diff(place[order]) != 0, True)]
        who, best = place[last], score[last]
        higher = best > self._score[who]
        self._score[who[higher]] = best[higher]
        self._counts[:, who[higher]] = counts[:, last[higher]]
