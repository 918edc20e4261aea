"""Effects of levers added up by kind of thing and of network: the table of a duel."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from shamcrowd.benchmark.closed_loop.duel import DuelScores


@dataclass(frozen=True)
class LeverTotal:
    """All levers on one kind of thing in one kind of network.

    Attributes:
        kind: kind of thing.
        place: kind of network; "" for other things.
        levers: number of levers.
        shams: accounts of campaigns that they refused, each lever counted apart.
        people: legitimate accounts that they refused, likewise.
        before: legitimate accounts seen behind the things in the week before, likewise.
        segments: the same as ``people``, by segment.
        moved_away: median hours until the last account of a campaign was refused; None: none was.
    """

    kind: str
    place: str
    levers: int
    shams: int
    people: int
    before: int
    segments: dict[str, int] = field(default_factory=dict)
    moved_away: float | None = None

    @property
    def title(self) -> str:
        """What they are on, such as ``mobile block``."""
        return f"{self.place} {self.kind}".strip()

    @property
    def per_sham(self) -> float | None:
        """Legitimate accounts hurt for each account of a campaign stopped; None: none was."""
        return self.people / self.shams if self.shams else None


def lever_totals(effects: Iterable[Mapping[str, Any]]) -> tuple[LeverTotal, ...]:
    """Add up effects (`LeverEffect` as mappings), those with most people hurt first.

    >>> one = {"kind": "block", "place": "mobile", "hurt": {"casual": 3}, "before": {"casual": 9},
    ...        "shams": 1, "moved_away": 5.0}
    >>> total, = lever_totals([one, {**one, "shams": 0, "moved_away": None}])
    >>> total.title, total.levers, total.people, total.per_sham, total.moved_away
    ('mobile block', 2, 6, 6.0, 5.0)
    """
    groups: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for effect in effects:
        groups.setdefault((effect["kind"], effect["place"]), []).append(effect)
    totals = []
    for (kind, place), each in groups.items():
        hurt: Counter[str] = Counter()
        for effect in each:
            hurt.update(effect["hurt"])
        moved_away = [effect["moved_away"] for effect in each if effect["moved_away"] is not None]
        totals.append(
            LeverTotal(
                kind,
                place,
                len(each),
                sum(effect["shams"] for effect in each),
                sum(hurt.values()),
                sum(sum(effect["before"].values()) for effect in each),
                dict(sorted(hurt.items(), key=lambda pair: (-pair[1], pair[0]))),
                float(np.median(moved_away)) if moved_away else None,
            )
        )
    return tuple(sorted(totals, key=lambda t: (-t.people, t.kind, t.place)))


def levers_of(duel: DuelScores, row: tuple[str, str]) -> tuple[LeverTotal, ...]:
    """Totals of one detector and response over all strategies and seeds of a duel."""
    cells = (duel.cell(*row, strategy) for strategy in duel.strategies)
    return lever_totals(effect for cell in cells for effect in cell.levers)
