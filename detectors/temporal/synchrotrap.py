"""SynchroTrap: accounts that act from the same place in the same hour, day after day."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from scipy import sparse
from scipy.sparse import csgraph

from detectors.base import NO_CLUSTER, Findings
from detectors.features.index import ROWS_AT_A_TIME, AccountIndex, Pairs, begins, distinct
from detectors.graph.personal import PersonalAddresses
from detectors.temporal.similarity import Similar, jaccard
from recording.view import LogView

MS_PER_HOUR = 3_600_000
HOURS_PER_DAY = 24
WINDOW_MS = MS_PER_HOUR
"""Actions match in one window of an hour (assumed; the paper sets it by application)."""
CAP = 100
"""A key that more accounts used within its window says nothing (assumed)."""
SHARED = 3
"""Tokens that two accounts must share in a day (assumed)."""
ALIKE = 0.5
"""Jaccard from which two accounts are linked (assumed)."""
SMALLEST_CLUSTER = 3
HOUR_BITS, PLACE_BITS = 5, 27
"""Of a packed token; an address has the 31 above."""


class SynchroTrap:
    """Accounts that ask from the same addresses in the same hours of a day.

    An action is a token: an address (the constraint) and the hour it was used in. Two accounts
    are as alike in a day as the Jaccard of their tokens: |A and B| / |A or B|. Those with three
    tokens in common and a Jaccard of 0.5 on some day are linked, and stay so; connected components
    are the clusters. A token of more than 100 accounts is left out of the comparison and still
    counts for the union. Gateways of carriers, offices and campuses, and members of an
    organisation, make no tokens: they are together by right.

    Score: log2(size of the component) + the account's largest Jaccard; outside, that Jaccard (of
    pairs with one token in common at least).

    Paper: Cao et al., Uncovering Large Groups of Active Malicious Accounts in Online Social
    Networks, CCS 2014 (https://doi.org/10.1145/2660267.2660269). As there, days are compared one
    by one. Unlike there, windows lie on a fixed grid, so that actions either side of a full hour
    do not match.

    Complexity: a sort of a day's distinct tokens and a sparse product, at most tokens * cap; kept
    are the tokens of the day that is not over and the linked pairs. A review within a day compares
    the day so far.

    When it fails: a crowd whose accounts never share an address, or work in shifts; and honest
    people who share a home and its hours, who make small clusters.

    >>> from recording.samples import sample_log
    >>> log = sample_log()
    >>> found = SynchroTrap().review(LogView(log, log.start + 3 * 86_400_000))
    >>> len(found.account)
    80
    """

    def __init__(self) -> None:
        self._index = AccountIndex()
        self._personal = PersonalAddresses()
        self._day = -1
        # Tokens of the open day, packed: address, hour, place; each part sorted.
        self._tokens = [np.empty(0, np.int64)]
        self._linked = Pairs()
        self._alike = np.empty(0)
        self._common = np.empty(0, np.int64)

    def review(self, log: LogView) -> Findings:
        """Judge by the largest group an account ever moved with."""
        new = self._index.update(log)
        self._alike = np.concatenate([self._alike, np.zeros(len(new))])
        self._common = np.concatenate([self._common, np.zeros(len(new), np.int64)])
        self._personal.update(log, self._index)
        self._take(log)
        n = len(self._index)
        one, other = self._linked.places, self._linked.things
        links = sparse.csr_array((np.ones(len(one)), (one, other)), shape=(n, n))
        _, label = csgraph.connected_components(links, directed=False)
        size = np.bincount(label, minlength=n)[label]
        score = np.where(size >= 2, np.log2(size), 0.0) + self._alike
        cluster = np.where(size >= SMALLEST_CLUSTER, label, NO_CLUSTER).astype(np.int64)
        partners = np.bincount(one, minlength=n) + np.bincount(other, minlength=n)
        reason = [""] * n
        for i in np.flatnonzero((size < 2) & (self._alike > 0)).tolist():
            reason[i] = (
                "in no group; from the same address in the same hour as another account, "
                f"{self._alike[i]:.0%} alike within a day"
            )
        for i in np.flatnonzero(size >= 2).tolist():
            reason[i] = (
                f"asked from the same addresses in the same hours as {partners[i]} accounts in a "
                f"group of {size[i]}: at most {self._common[i]} in common, {self._alike[i]:.0%} "
                "alike within a day"
            )
        return Findings(self._index.ids, score, cluster, reason)

    def _take(self, log: LogView) -> None:
        for rows in log.new.pieces("requests", ["time", "account", "address"], ROWS_AT_A_TIME):
            hour = (rows.column("time").cast(pa.int64()).to_numpy() - log.start) // WINDOW_MS
            place = self._index.of(rows.column("account").to_numpy())
            address = rows.column("address").to_numpy().astype(np.int64)
            # Rows come in time order, so that a day is a slice.
            begin = np.flatnonzero(begins(hour // HOURS_PER_DAY))
            for first, end in pairwise([*begin.tolist(), len(hour)]):
                number = int(hour[first]) // HOURS_PER_DAY
                if number != self._day:
                    self._compare()
                    self._day, self._tokens = number, [np.empty(0, np.int64)]
                here = slice(first, end)
                self._add(place[here], address[here], hour[here] % HOURS_PER_DAY)
        self._compare()

    def _add(
        self,
        place: npt.NDArray[np.int64],
        address: npt.NDArray[np.int64],
        hour: npt.NDArray[np.int64],
    ) -> None:
        tokens = distinct((address << HOUR_BITS | hour) << PLACE_BITS | place)
        fit = self._personal.fit(
            tokens & ((1 << PLACE_BITS) - 1), tokens >> (HOUR_BITS + PLACE_BITS)
        )
        self._tokens.append(tokens[fit])

    def _compare(self) -> None:
        tokens = distinct(np.concatenate(self._tokens))
        self._tokens = [tokens]
        places = tokens & ((1 << PLACE_BITS) - 1)
        # Sorted by address and hour, whose users stand together.
        first = np.flatnonzero(begins(tokens >> PLACE_BITS))
        found: Similar = jaccard(places, np.diff(first, append=len(tokens)), len(self._index), CAP)
        for side in (found.one, found.other):
            np.maximum.at(self._alike, side, found.alike)
        firm = (found.common >= SHARED) & (found.alike >= ALIKE)
        for side in (found.one, found.other):
            np.maximum.at(self._common, side[firm], found.common[firm])
        self._linked.add(found.one[firm], found.other[firm])
