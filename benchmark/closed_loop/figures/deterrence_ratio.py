"""Deterrence ratio."""

from __future__ import annotations

from typing import ClassVar, Literal

from shamcrowd.benchmark.closed_loop.attack_and_defence import Attack
from shamcrowd.benchmark.closed_loop.figures.base import AttackFigure, Unit
from shamcrowd.benchmark.scoring.not_measurable import NotMeasurableError


class DeterrenceRatio(AttackFigure):
    """Dollars spent over the list price of the tokens taken; above 1 abuse does not pay.

    ``(dollars spent / tokens taken) / (list price of these tokens / tokens taken)``, so dollars
    spent over their list price. Above 1 the theft no longer pays: buying
    the tokens is cheaper. Income from resale is no part of it: see `DollarsEarned`. It is not
    measurable where nothing was taken.

    Source: this project; the economics of abuse as in Thomas et al. 2013
    (https://www.usenix.org/conference/usenixsecurity13/technical-sessions/paper/thomas).
    """

    title: ClassVar[str] = "deterrence ratio"
    short: ClassVar[str] = "deter-\nrence"
    unit: ClassVar[Unit] = "ratio"
    better: ClassVar[Literal["higher", "lower"]] = "higher"

    def measure(self, attack: Attack) -> float:
        """One value."""
        if not attack.tokens or not attack.list_dollars:
            raise NotMeasurableError("nothing was taken")
        return attack.spent / attack.list_dollars
