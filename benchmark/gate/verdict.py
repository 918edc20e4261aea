"""The verdict of the gate: for each figure, and in one line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from shamcrowd.recording.counting import counted

Kind = Literal["same", "within", "improved", "new", "missing", "worse"]
KINDS: tuple[Kind, ...] = ("worse", "missing", "new", "improved", "within", "same")
ALL = "all scenarios"
PASSED, WORSE, REFUSED, BROKEN, NOTHING = 0, 1, 2, 3, 4
NAMED = 3


@dataclass(frozen=True)
class FigureChange:
    """Change of one figure: a metric of a detector on one scenario, or on `ALL` of them.

    ``old`` and ``new`` are means over the seeds on which both were measured, None if there are no
    such seeds. ``loss`` is how much worse ``new`` is (negative: better), ``allowed`` how much worse
    it may be, both in the unit of the metric.
    """

    scenario: str
    detector: str
    metric: str
    kind: Kind
    old: float | None = None
    new: float | None = None
    loss: float = 0.0
    allowed: float = 0.0
    note: str = ""

    @property
    def name(self) -> str:
        """Name of the figure as used for tolerances in the baseline."""
        return f"{self.scenario}/{self.detector}/{self.metric}"

    @property
    def excess(self) -> float:
        """Loss minus allowed loss; infinite if there is no new value."""
        return float("inf") if self.new is None else self.loss - self.allowed


@dataclass(frozen=True)
class Verdict:
    """The outcome of a check.

    ``refused`` holds scenarios that were not compared, each with the reason. ``failed`` holds what
    did not run: scenario, detector ("": the scenario itself) and error. ``conditions`` say how
    detectors were sealed off, and with which secret recordings were made, in sentences. ``update``
    is the command that takes the figures of this run for the baseline.
    """

    suite: str
    entries: tuple[FigureChange, ...]
    refused: tuple[tuple[str, str], ...] = ()
    failed: tuple[tuple[str, str, str], ...] = ()
    conditions: tuple[str, ...] = ()
    update: str = ""

    @property
    def counts(self) -> dict[str, int]:
        """Number of figures of each kind."""
        found = Counter(e.kind for e in self.entries)
        return {kind: found[kind] for kind in KINDS}

    @property
    def compared(self) -> int:
        """Number of figures compared with the baseline; those measured in neither do not count."""
        one_sided = ("new", "missing")
        return sum(e.kind not in one_sided and e.old is not None for e in self.entries)

    @property
    def bad(self) -> list[FigureChange]:
        """Figures for which the gate fails, the worst first."""
        bad = [e for e in self.entries if e.kind in ("worse", "missing")]
        return sorted(bad, key=lambda e: (e.kind != "worse", -e.excess, e.name))

    @property
    def exit_code(self) -> int:
        """Exit code: 3 not run, 1 worse or missing, 2 refused, 4 nothing compared, 0 passed."""
        if self.failed:
            return BROKEN
        if self.bad:
            return WORSE
        if self.refused:
            return REFUSED
        return PASSED if self.compared else NOTHING

    @property
    def line(self) -> str:
        """The verdict in one line."""
        counts, code = self.counts, self.exit_code
        if code == BROKEN:
            names = _some([f"{d} on {s}" if d else s for s, d, _ in self.failed])
            return f"BROKEN: {names} did not run, so there is no verdict on the figures"
        if code == WORSE:
            names = _some(dict.fromkeys(e.detector for e in self.bad))
            worse = f"{counts['worse']} of {counted(self.compared, 'figure')} worse than allowed"
            missing = f", {counts['missing']} missing" if counts["missing"] else ""
            return f"RED: {worse}{missing} ({names})"
        if code == REFUSED:
            names = _some([scenario for scenario, _ in self.refused])
            return (
                f"REFUSED: {names} can't be compared with the baseline, so the check does not pass"
            )
        if code == NOTHING:
            return "NOTHING TO JUDGE: no figure is in both the baseline and this run"
        shown = [f"{counts[k]} {k}" for k in ("improved", "new") if counts[k]]
        others = f" ({', '.join(shown)})" if shown else ""
        return (
            f"GREEN: none of {counted(self.compared, 'figure')} is worse than the baseline "
            f"allows{others}"
        )


def _some(names: Sequence[str] | dict[str, None]) -> str:
    """The first few names.

    >>> _some(["a", "b", "c", "d", "e"])
    'a, b, c and 2 more'
    """
    listed = list(names)
    more = f" and {len(listed) - NAMED} more" if len(listed) > NAMED else ""
    return ", ".join(listed[:NAMED]) + more
