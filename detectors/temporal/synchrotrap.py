"""SynchroTrap: accounts that send requests from the same addresses in the same hours."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from scipy import sparse
from scipy.sparse import csgraph

from shamcrowd.detectors.base import NO_CLUSTER, Findings
from shamcrowd.detectors.features.index import (
    ROWS_AT_A_TIME,
    AccountIndex,
    begins,
    distinct,
    merged,
    placed,
)
from shamcrowd.detectors.linking.kinds import other_uses
from shamcrowd.detectors.linking.personal import PersonalAddresses
from shamcrowd.detectors.temporal.similarity import jaccard
from shamcrowd.recording.counting import counted
from shamcrowd.recording.errors import DetectorError
from shamcrowd.recording.units import MS_PER_MINUTE
from shamcrowd.recording.view import LogView

WINDOW_MINUTES = 60
"""Length of the window within which actions match (assumed; the paper sets it by application)."""
MINUTES_PER_DAY = 24 * 60
CAP = 100
"""A token of more accounts does not link accounts (assumed)."""
SHARED = 3
"""Tokens that two linked accounts share in a day, at least (assumed)."""
ALIKE = 0.5
"""Jaccard similarity from which two accounts are linked (assumed)."""
SMALLEST_CLUSTER = 3


@dataclass(frozen=True)
class _Tokens:
    """Tokens of one window: ``packed`` as thing << 32 | account, sorted, each once."""

    day: int
    kind: str
    window: int
    packed: npt.NDArray[np.int64]


@dataclass(frozen=True)
class _Alike:
    """What a comparison found.

    Attributes:
        alike: shape (accounts,), largest similarity of each account.
        common: shape (accounts,), most tokens in common with an account it is linked to.
        linked: shape (pairs,), linked accounts as one << 32 | other, sorted, each once.
    """

    alike: npt.NDArray[np.float64]
    common: npt.NDArray[np.int64]
    linked: npt.NDArray[np.int64]

    def joined(self, other: _Alike, accounts: int) -> _Alike:
        """The larger of both for each account, and the links of both."""
        alike, common = np.zeros(accounts), np.zeros(accounts, np.int64)
        for one in (self, other):
            many = len(one.alike)
            alike[:many] = np.maximum(alike[:many], one.alike)
            common[:many] = np.maximum(common[:many], one.common)
        return _Alike(alike, common, merged([self.linked, other.linked]))


class SynchroTrap:
    """Accounts that send requests from the same addresses in the same hours of a day.

    An action is a token: an address (the constraint) and the hour in which it was used. The
    similarity of two accounts on a day is the Jaccard similarity of their sets of tokens,
    |A and B| / |A or B|. Accounts with at least three common tokens and a similarity of at least
    0.5 on some day are linked from then on; connected components are the clusters. A token of more
    than 100 accounts links nobody, but counts for the union. Gateways of carriers, offices and
    campuses, and accounts of an organisation, give no tokens, as they share addresses legitimately.
    A use of a thing of another kind (the log's table ``uses``) is an action too.

    Score: log2(size of the component) + the account's largest similarity; the largest similarity
    alone (over pairs with at least one common token) for an account in no component.

    Paper: Cao et al., Uncovering Large Groups of Active Malicious Accounts in Online Social
    Networks, CCS 2014 (https://doi.org/10.1145/2660267.2660269). As in the paper, each
    day is compared separately. Unlike there, windows are clock hours, so that actions on either
    side of a full hour do not match.

    Complexity: a sort of each hour's distinct tokens and one of the pairs of accounts, at most
    tokens * cap. Memory: the tokens of the current day and the linked pairs. A review within a day
    compares the day so far; what it finds counts at that review alone, so that after a day is over
    scores do not depend on how often it was reviewed.

    When it fails: campaigns whose accounts never share an address, or work in shifts, are missed.
    Honest people who share a home and its hours form small clusters.

    >>> from shamcrowd.recording.samples import sample_log
    >>> log = sample_log()
    >>> found = SynchroTrap().review(LogView(log, log.start + 3 * 86_400_000))
    >>> len(found.account)
    80
    """

    def __init__(
        self, *, cap: int = CAP, minutes: int = WINDOW_MINUTES, shared: int = SHARED,
        alike: float = ALIKE,
    ) -> None:  # fmt: skip
        """Args are settings: the cap of a token, the window, tokens and similarity of a link."""
        if minutes < 1 or MINUTES_PER_DAY % minutes:
            raise DetectorError(f"windows of {minutes} minutes: a day must hold a whole number")
        self._cap, self._shared, self._least = cap, shared, alike
        self._window, self._a_day = minutes * MS_PER_MINUTE, MINUTES_PER_DAY // minutes
        self._index = AccountIndex()
        self._personal = PersonalAddresses()
        self._day = -1
        # The current day's tokens by kind of thing and window, packed as thing << 32 | account;
        # each part is sorted. Tokens of different windows never match: each is sorted alone.
        self._windows: dict[tuple[str, int], list[npt.NDArray[np.int64]]] = {}
        self._past = _Alike(np.empty(0), np.empty(0, np.int64), np.empty(0, np.int64))
        self._today: _Alike | None = self._past

    def review(self, log: LogView) -> Findings:
        """Score accounts by the largest group they were part of on a day that is over, or today."""
        self._index.update(log)
        self._personal.update(log, self._index)
        self._take(log)
        n = len(self._index)
        found = self._past.joined(self._compared(), n)
        one, other = found.linked >> 32, found.linked & 0xFFFFFFFF
        links = sparse.csr_array((np.ones(len(one)), (one, other)), shape=(n, n))
        _, label = csgraph.connected_components(links, directed=False)
        size = np.bincount(label, minlength=n)[label]
        score = np.where(size >= 2, np.log2(size), 0.0) + found.alike
        cluster = np.where(size >= SMALLEST_CLUSTER, label, NO_CLUSTER).astype(np.int64)
        partners = np.bincount(one, minlength=n) + np.bincount(other, minlength=n)
        reason = [""] * n
        for i in np.flatnonzero((size < 2) & (found.alike > 0)).tolist():
            reason[i] = (
                "in no group; from the same address in the same hour as another account, "
                f"{found.alike[i]:.0%} alike within a day"
            )
        for i in np.flatnonzero(size >= 2).tolist():
            reason[i] = (
                f"asked from the same addresses in the same hours as "
                f"{counted(partners[i], 'account')} in a "
                f"group of {size[i]}: at most {found.common[i]} in common, {found.alike[i]:.0%} "
                "alike within a day"
            )
        return Findings(self._index.ids, score, cluster, reason)

    def _take(self, log: LogView) -> None:
        others = self._others(log)
        for rows in log.new.pieces("requests", ["time", "account", "address"], ROWS_AT_A_TIME):
            window = (rows.column("time").cast(pa.int64()).to_numpy() - log.start) // self._window
            account, address = (rows.column(name).to_numpy() for name in ("account", "address"))
            # Rows are in time order, so that a window is a slice.
            begin = np.flatnonzero(begins(window))
            for first, end in pairwise([*begin.tolist(), len(window)]):
                day = int(window[first]) // self._a_day
                while others and others[0].day <= day:
                    self._keep(others.popleft())
                pairs = placed(account[first:end], address[first:end], self._index)
                tokens = np.sort(pairs << 32 | pairs >> 32)
                kept = self._personal.informative(tokens & 0xFFFFFFFF, tokens >> 32)
                self._keep(_Tokens(day, "", int(window[first]), tokens[kept]))
        while others:
            self._keep(others.popleft())

    def _others(self, log: LogView) -> deque[_Tokens]:
        """The tokens of things of other kinds, in order of days."""
        found = []
        for uses in other_uses(log, self._index):
            window = (uses.time - log.start) // self._window
            order = np.argsort(window, kind="stable")
            window, tokens = window[order], (uses.thing << 32 | uses.place)[order]
            first = np.flatnonzero(begins(window))
            for low, high in pairwise([*first.tolist(), len(window)]):
                number = int(window[low])
                held = distinct(tokens[low:high])
                found.append(_Tokens(number // self._a_day, uses.kind, number, held))
        return deque(sorted(found, key=lambda one: (one.day, one.kind, one.window)))

    def _keep(self, tokens: _Tokens) -> None:
        if tokens.day != self._day:
            # What was alike within a part of the day, at a review, counts no longer.
            self._past = self._past.joined(self._compared(), len(self._index))
            self._day, self._windows = tokens.day, {}
        self._today = None
        self._windows.setdefault((tokens.kind, tokens.window), []).append(tokens.packed)

    def _tokens(self) -> Iterator[tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]]:
        """Yield by window the accounts of each token, token by token, and their numbers."""
        for key, parts in self._windows.items():
            tokens = distinct(np.concatenate(parts)) if len(parts) > 1 else parts[0]
            self._windows[key] = [tokens]
            first = np.flatnonzero(begins(tokens >> 32))
            yield tokens & 0xFFFFFFFF, np.diff(first, append=len(tokens))

    def _compared(self) -> _Alike:
        """Compare the accounts by the tokens of the current day so far, unless it was done."""
        if self._today is not None:
            return self._today
        n = len(self._index)
        alike, common, linked = np.zeros(n), np.zeros(n, np.int64), [np.empty(0, np.int64)]
        for found in jaccard(self._tokens(), n, self._cap):
            firm = (found.common >= self._shared) & (found.alike >= self._least)
            for side in (found.one, found.other):
                np.maximum.at(alike, side, found.alike)
                np.maximum.at(common, side[firm], found.common[firm])
            linked.append(found.one[firm] << 32 | found.other[firm])
        self._today = _Alike(alike, common, np.concatenate(linked))
        return self._today
