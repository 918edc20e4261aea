"""Wrong bans."""

from __future__ import annotations

from typing import ClassVar, Literal

from shamcrowd.benchmark.closed_loop.attack_and_defence import Defence
from shamcrowd.benchmark.closed_loop.figures.base import DefenceFigure, Unit


class WrongBans(DefenceFigure):
    """Share of legitimate accounts that were suspended after an alert.

    ``legitimate accounts suspended / legitimate accounts``, from 0 to 1; lower is better.
    Suspensions by random checks do not count, since the open loop has them too.

    Source: this project.
    """

    title: ClassVar[str] = "legitimate accounts suspended"
    short: ClassVar[str] = "wrong\nbans"
    unit: ClassVar[Unit] = "share"
    better: ClassVar[Literal["higher", "lower"]] = "lower"

    def measure(self, defence: Defence) -> float:
        """Compute the figure."""
        return defence.share(defence.banned)
