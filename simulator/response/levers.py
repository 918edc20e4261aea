"""Levers on things: which are in force, and what findings lead to which (see `lever_rules`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from shamcrowd.recording.arrow_arrays import array
from shamcrowd.recording.columns import ID, NAME, TEXT, TIME
from shamcrowd.recording.truth_schema import LEVER_KINDS, TRUTH_LEVERS
from shamcrowd.simulator.core.categories import named
from shamcrowd.simulator.core.streams import Streams
from shamcrowd.simulator.response.things import (
    REGISTERS,
    MembersOfThings,
    ThingsOfAccounts,
    block_name,
    names_of,
)
from shamcrowd.simulator.traffic.slice_messages import ThingSpans

if TYPE_CHECKING:
    from shamcrowd.recording.view import LogView
    from shamcrowd.simulator.response.lever_rules import LeverRule
    from shamcrowd.simulator.response.reviewer import Alerts, NamedThing
    from shamcrowd.simulator.supply.store import Supply

IN_SHARDS = {"block": "address", "network": "address", "client": "client", "bin": "card"}
"""Kinds that concern requests or charges, and by which column."""


@dataclass(frozen=True)
class Lever:
    """A lever on one thing, from ``since`` until ``until`` (ms); see `TRUTH_LEVERS`."""

    since: int
    until: int
    kind: str
    name: str
    passes: float
    about: str
    review: int


class Levers:
    """Pulls levers after findings, and says what they concern.

    Args:
        rules: which findings lead to which levers.
        supply: all things.
        streams: random streams; delays are by rule and thing.

    Attributes:
        pulled: all levers so far, in the order in which they were decided.
    """

    def __init__(self, rules: Sequence[LeverRule], supply: Supply, streams: Streams) -> None:
        self._rules = rules
        self._supply = supply
        self._streams = streams
        self._members = MembersOfThings(supply)
        self._seen = ThingsOfAccounts([rule.on for rule in rules if rule.about == "account"])
        self._alerts: dict[int, float] = {}
        self._until: dict[tuple[str, str], int] = {}
        self.pulled: list[Lever] = []

    def handle(self, alerts: Alerts, log: LogView, review: int) -> None:
        """Pull the levers that the (checked) alerts of a review lead to."""
        if any(rule.about == "account" for rule in self._rules):
            self._seen.update(log)
            for account, score in zip(alerts.account.tolist(), alerts.score.tolist(), strict=True):
                self._alerts[account] = max(score, self._alerts.get(account, score))
        for rule in self._rules:
            if rule.about == "account":
                names = self._behind_alerts(rule)
            else:
                names = self._named(rule, alerts.things)
            for name in names:
                self._pull(rule, name, log.now, review)

    def _behind_alerts(self, rule: LeverRule) -> list[str]:
        """Names of the things behind enough accounts that were alerts."""
        sure = [account for account, score in self._alerts.items() if score >= rule.confidence]
        accounts, ids = self._seen.of(REGISTERS.get(rule.on, rule.on))
        if not sure or not len(ids):
            return []
        distinct, at = np.unique(ids, return_inverse=True)
        names, code = np.unique(
            np.array(names_of(self._supply, rule.on, distinct, rule.ipv6)), return_inverse=True
        )
        pairs = np.unique(code[at].astype(np.int64) << 32 | accounts)
        thing, account = pairs >> 32, (pairs & 0xFFFFFFFF).astype(np.int32)
        hit = np.isin(account, np.array(sure, np.int64))
        alerted = np.bincount(thing[hit], minlength=len(names))
        seen = np.bincount(thing, minlength=len(names))
        enough = (alerted >= rule.accounts) & (alerted >= rule.share * seen)
        return [str(name) for name in names[enough].tolist()]

    def _named(self, rule: LeverRule, things: Sequence[NamedThing]) -> list[str]:
        """Names of the things that a finding names, or that those are in."""
        found = [t.name for t in things if t.kind == rule.about and t.score >= rule.confidence]
        if rule.about != rule.on:
            numbers = np.array([int(n) for n in found if n.isdecimal()], np.int64)
            known = self._supply.register(rule.about)
            ids = np.intersect1d(numbers, known.ids(known.handles())).astype(np.int32)
            found = names_of(self._supply, rule.on, ids, rule.ipv6)
        elif rule.on == "block":
            found = [block_name(name, rule.ipv6) for name in found]
        return sorted(set(found))

    def _pull(self, rule: LeverRule, name: str, now: int, review: int) -> None:
        """Begin a lever, unless there is one on the thing that has not ended."""
        if self._until.get((rule.on, name), now) > now or not self._exists(rule.on, name):
            return
        least, most = rule.delay
        luck = self._streams(f"lever/{rule.on}/{name}", review).random()
        since = now + int(least + luck * (most - least))
        until = self._until[rule.on, name] = since + rule.span
        self.pulled.append(Lever(since, until, rule.on, name, rule.passes, rule.about, review))

    def _exists(self, kind: str, name: str) -> bool:
        return kind == "client" or bool(len(self._members.ids(kind, name)))

    def in_force(self, begin: int, end: int) -> dict[str, ThingSpans]:
        """Levers of the slice [begin, end), ms, on what requests and charges come through."""
        parts: dict[str, list[tuple[npt.NDArray[np.int32], Lever]]] = {}
        for lever in self._active(begin, end):
            if lever.kind in IN_SHARDS:
                ids = self._members.ids(lever.kind, lever.name)
                parts.setdefault(IN_SHARDS[lever.kind], []).append((ids, lever))
        return {column: _spans(held) for column, held in parts.items()}

    def _active(self, begin: int, end: int) -> list[Lever]:
        return [lever for lever in self.pulled if lever.since < end and lever.until > begin]

    def passing(
        self,
        kinds: Sequence[str],
        ids: Mapping[str, npt.NDArray[np.int32]],
        times: npt.NDArray[np.int64],
    ) -> npt.NDArray[np.float64]:
        """Share of n sign-ups or cards, each at a time of its own (ms), that goes through.

        Args:
            kinds: kinds of levers that concern them.
            ids: things of each by kind of register, such as ``address``, of shape (n,).
            times: shape (n,), within a slice.
        """
        passes = np.ones(len(times))
        if not len(times):
            return passes
        for lever in self._active(int(times.min()), int(times.max()) + 1):
            if lever.kind in kinds:
                column = ids[REGISTERS[lever.kind]]
                inside = (lever.since <= times) & (times < lever.until)
                hit = inside & np.isin(column, self._members.ids(lever.kind, lever.name))
                passes[hit] = np.minimum(passes[hit], lever.passes)
        return passes

    def table(self, before: int) -> pa.Table:
        """Return ``truth/levers``: those that took effect before a time (ms)."""
        rows = sorted(
            (lever for lever in self.pulled if lever.since < before),
            key=lambda lever: (lever.since, lever.kind, lever.name),
        )
        abouts = tuple(dict.fromkeys(lever.about for lever in rows))
        arrays = [
            array([lever.since for lever in rows], TIME),
            array([lever.until for lever in rows], TIME),
            named(
                np.array([LEVER_KINDS.index(lever.kind) for lever in rows], np.int8), LEVER_KINDS
            ),
            array([lever.name for lever in rows], TEXT),
            array([lever.passes for lever in rows], pa.float32()),
            named(np.array([abouts.index(lever.about) for lever in rows], np.int16), abouts, NAME),
            array([lever.review for lever in rows], ID),
        ]
        return pa.table(arrays, schema=TRUTH_LEVERS.schema)


def _spans(held: list[tuple[npt.NDArray[np.int32], Lever]]) -> ThingSpans:
    sizes = [len(ids) for ids, _ in held]
    thing = np.concatenate([ids for ids, _ in held])
    order = np.argsort(thing, kind="stable")
    since, until, passes = (
        np.repeat([getattr(lever, name) for _, lever in held], sizes)[order]
        for name in ("since", "until", "passes")
    )
    return ThingSpans(thing[order], since, until, passes.astype(np.float64))
