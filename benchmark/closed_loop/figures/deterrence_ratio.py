"""Deterrence ratio."""

from __future__ import annotations

from typing import ClassVar, Literal

from shamcrowd.benchmark.closed_loop.attack_and_defence import Attack
from shamcrowd.benchmark.closed_loop.figures.base import AttackFigure, Unit
from shamcrowd.benchmark.scoring.not_measurable import NotMeasurableError


class DeterrenceRatio(AttackFigure):
    """Dollars spent over the list price of the tokens taken; above 1 abuse does not pay.

    ``dollars spent / list price of the tokens taken``, from 0 up; higher is better for the
    platform. It equals ``(dollars spent / tokens taken) / (list price / tokens taken)``. Above 1,
    buying the tokens would have been cheaper. Income from resale is not included, see
    `DollarsEarned`. Not measurable if no token was taken.

    Source: this project; the economics of abuse as in Thomas et al. 2013
    (https://www.usenix.org/conference/usenixsecurity13/technical-sessions/paper/thomas).
    """

    title: ClassVar[str] = "deterrence ratio"
    short: ClassVar[str] = "deter-\nrence"
    unit: ClassVar[Unit] = "ratio"
    better: ClassVar[Literal["higher", "lower"]] = "higher"

    def measure(self, attack: Attack) -> float:
        """Compute the figure."""
        if not attack.tokens or not attack.list_dollars:
            raise NotMeasurableError("nothing was taken")
        return attack.spent / attack.list_dollars
