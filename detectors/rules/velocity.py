"""Velocity rules: limits per hour and day for accounts, addresses, devices and cards."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from shamcrowd.detectors.base import Findings
from shamcrowd.detectors.features.batch import batches
from shamcrowd.detectors.features.index import AccountIndex, EntityPairs
from shamcrowd.detectors.features.peaks import Peaks
from shamcrowd.recording.units import MS_PER_DAY, MS_PER_HOUR, EntityIds, Millis, Places
from shamcrowd.recording.view import LogView

WORST = 6.0
"""Largest absolute score."""


@dataclass(frozen=True)
class Limit:
    """A limit of ``count`` for the quantity ``what``; accounts above it are suspicious."""

    what: str
    count: float


REQUESTS_AN_HOUR = Limit("requests in one hour", 300)
REQUESTS_A_DAY = Limit("requests in one day", 1500)
ON_ADDRESS = Limit("sign-ups from its address within a day", 4)
ON_BLOCK = Limit("sign-ups from its block (/24, /64) within a day", 8)
ON_DEVICE = Limit("sign-ups on its device within a day", 2)
ON_CARD = Limit("accounts that added its card within a day", 2)
LIMITS = (REQUESTS_AN_HOUR, REQUESTS_A_DAY, ON_ADDRESS, ON_BLOCK, ON_DEVICE, ON_CARD)
"""Assumed; careless farms of the threat model exceed all four sign-up limits."""


class Velocity:
    """The largest excess over six limits of the kind that an abuse team writes first.

    Score: log2 of the largest ratio of a count to its limit, between -6 and 6; above 0 a limit is
    exceeded. The largest count that an account ever reached is used, so that a burst counts for
    good.

    Source: velocity checks as in the OWASP Automated Threats Handbook, OAT-019 account creation
    (https://owasp.org/www-project-automated-threats-to-web-applications/).

    Complexity: O(new rows log new rows) per review; a few numbers per account.

    When it fails: slow campaigns, in which no account and no address is busy, are missed. Honest
    groups (a class, an office) that sign up within an hour from one block are false positives.

    >>> from shamcrowd.recording.samples import sample_log
    >>> log = sample_log()
    >>> found = Velocity().review(LogView(log, log.start + 3 * MS_PER_DAY))
    >>> bool(-WORST <= found.score.min() <= found.score.max() <= WORST)
    True
    """

    needs_every_request = True

    def __init__(self) -> None:
        self._index = AccountIndex()
        self._hours, self._days = Peaks(MS_PER_HOUR), Peaks(MS_PER_DAY)
        self._most = np.empty((0, len(LIMITS)))
        # Sign-ups and cards of the last day: moment, account, entity.
        self._recent = {limit: np.empty((3, 0), np.int64) for limit in LIMITS[2:]}
        self._blocks = pd.Series(np.empty(0, np.int64), np.empty(0, np.int64))
        self._added = EntityPairs()

    def review(self, log: LogView) -> Findings:
        """Score accounts by the largest excess so far."""
        new = self._index.update(log)
        accounts = len(self._index)
        self._most = np.concatenate([self._most, np.zeros((len(new), len(LIMITS)))])
        self._requests(log, accounts)
        self._sign_ups(log)
        self._cards(log)
        ratio = self._most / np.array([limit.count for limit in LIMITS])
        worst = ratio.argmax(axis=1)
        top = ratio[np.arange(accounts), worst]
        score = np.clip(np.log2(np.maximum(top, 2.0**-WORST)), -WORST, WORST)
        reason = [
            f"{self._most[i, w]:.0f} {LIMITS[w].what}, limit {LIMITS[w].count:g}" if s > 0 else ""
            for i, (w, s) in enumerate(zip(worst.tolist(), score.tolist(), strict=True))
        ]
        return Findings(self._index.ids, score, reason=reason)

    def _requests(self, log: LogView, accounts: int) -> None:
        for peaks in (self._hours, self._days):
            peaks.grow(accounts)
        for batch in batches(log, self._index, ("time", "account")):
            for peaks in (self._hours, self._days):
                peaks.add(batch.place, batch.time)
        self._most[:, 0], self._most[:, 1] = self._hours.peak, self._days.peak

    def _sign_ups(self, log: LogView) -> None:
        rows = log.new.arrow("accounts", ["account", "created", "address", "device"])
        # Accounts from before the log are no burst: only those of the last day are compared.
        created = rows["created"].cast(pa.int64()).to_numpy()
        place = self._index.of(rows["account"].to_numpy())
        address = rows["address"].to_numpy().astype(np.int64)
        known = log.new.arrow("addresses", ["address", "prefix"])
        # Many addresses lie in one block, so that each block is parsed once.
        code, prefixes = pd.factorize(known["prefix"].cast(pa.string()).to_numpy())
        block = np.array([_block(prefix) for prefix in prefixes], np.int64)[code]
        self._blocks = pd.concat([self._blocks, pd.Series(block, known["address"].to_numpy())])
        self._count(log, ON_ADDRESS, created, place, address)
        block_of = self._blocks.reindex(address).to_numpy()
        has_block = ~np.isnan(block_of)
        at = block_of[has_block].astype(np.int64)
        self._count(log, ON_BLOCK, created[has_block], place[has_block], at)
        self._count(log, ON_DEVICE, created, place, rows["device"].to_numpy().astype(np.int64))

    def _cards(self, log: LogView) -> None:
        rows = log.new.arrow("activity", ["time", "account", "kind", "card"])
        # A row may say that a card was added and not which.
        added = pc.equal(rows["kind"].cast(pa.string()), "card_added")
        rows = rows.filter(pc.and_(added, pc.is_valid(rows["card"]))).sort_by("time")
        time = rows["time"].cast(pa.int64()).to_numpy()
        place = self._index.of(rows["account"].to_numpy())
        card = rows["card"].to_numpy().astype(np.int64)
        # An account counts once per card, when it first adds it.
        first = self._added.fresh(place, card)
        self._count(log, ON_CARD, time[first], place[first], card[first])

    def _count(
        self,
        log: LogView,
        limit: Limit,
        time: Millis,
        place: Places,
        entity: EntityIds,
    ) -> None:
        """Update the largest number of accounts per entity within a day, for all in the burst."""
        rows = np.concatenate([self._recent[limit], np.stack([time, place, entity])], axis=1)
        rows = rows[:, np.lexsort((rows[1], rows[0], rows[2]))]
        time, place, entity = rows
        # Entity and moment in one integer, which is sorted.
        _, code = np.unique(entity, return_inverse=True)
        base = time.min(initial=log.start)
        span = int(time.max(initial=base) - base) + 2 * MS_PER_DAY
        at = code * span + (time - base)
        first = np.searchsorted(at, at - MS_PER_DAY, side="right")
        count = np.arange(1, len(at) + 1) - first
        column = LIMITS.index(limit)
        # A burst counts for all its rows: the maximum over the following day.
        if len(at):
            last = np.searchsorted(at, at + MS_PER_DAY, side="left")
            most = _window_maximum(count, last)
            np.maximum.at(self._most[:, column], place, most.astype(np.float64))
        self._recent[limit] = rows[:, rows[0] > log.now - MS_PER_DAY]


def _block(prefix: str) -> int:
    """Return the number of a /24 block (IPv4), or of a /64 (IPv6).

    >>> _block("10.0.2.0/24"), _block("3fff:0:1:200::/64") == 0x3FFF_0000_0001_0200
    (655362, True)
    """
    if ":" in prefix:
        return int(ipaddress.IPv6Network(prefix).network_address) >> 64 & (1 << 63) - 1
    first, second, third, _ = map(int, prefix.split("/")[0].split("."))
    return first << 16 | second << 8 | third


def _window_maximum(
    values: npt.NDArray[np.int64], last: npt.NDArray[np.int64]
) -> npt.NDArray[np.int64]:
    """Return the largest of ``values[i:last[i]]`` for each i, with a sparse table.

    >>> _window_maximum(np.array([1, 2, 3, 1]), np.array([2, 3, 4, 4])).tolist()
    [2, 3, 3, 1]
    """
    length = last - np.arange(len(values))
    level = np.log2(np.maximum(length, 1)).astype(np.int64)
    best = values.copy()
    out = values.copy()
    table = values
    for depth in range(int(level.max(initial=0)) + 1):
        here = level == depth
        out[here] = np.maximum(table[here], table[last[here] - (1 << depth)])
        shifted = np.concatenate([table[1 << depth :], np.zeros(1 << depth, np.int64)])
        table = np.maximum(table, shifted[: len(best)])
    return out
