"""Wrong bans."""

from __future__ import annotations

from typing import ClassVar, Literal

from shamcrowd.benchmark.closed_loop.attack_and_defence import Defence
from shamcrowd.benchmark.closed_loop.figures.base import DefenceFigure, Unit
from shamcrowd.benchmark.scoring.not_measurable import NotMeasurableError


class WrongBans(DefenceFigure):
    """Share of honest accounts that were suspended after an alert.

    ``honest accounts suspended / honest accounts``; random checks, which the open loop has as well,
    do not count.

    Source: this project.
    """

    title: ClassVar[str] = "legitimate accounts suspended"
    short: ClassVar[str] = "wrong\nbans"
    unit: ClassVar[Unit] = "share"
    better: ClassVar[Literal["higher", "lower"]] = "lower"

    def measure(self, defence: Defence) -> float:
        """One value."""
        if not (many := sum(defence.innocents.values())):
            raise NotMeasurableError("no honest account")
        return sum(defence.banned.values()) / many
