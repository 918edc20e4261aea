"""Collateral of levers and rules."""

from __future__ import annotations

from typing import ClassVar, Literal

from shamcrowd.benchmark.closed_loop.attack_and_defence import Defence
from shamcrowd.benchmark.closed_loop.figures.base import DefenceFigure, Unit
from shamcrowd.benchmark.scoring.not_measurable import NotMeasurableError


class PeoplePerSham(DefenceFigure):
    """Legitimate accounts that levers and rules refused, for each account of a campaign.

    ``legitimate accounts of which a request, sign-up or charge was refused / accounts of campaigns
    of which one was``, from 0 up; lower is better, and above 1 more people are hurt than shams are
    stopped. An account counts once, however many levers refused it. Not measurable if no account of
    a campaign was refused.

    Source: this project.
    """

    title: ClassVar[str] = "legitimate accounts refused per sham account"
    short: ClassVar[str] = "people\nper sham"
    unit: ClassVar[Unit] = "ratio"
    better: ClassVar[Literal["higher", "lower"]] = "lower"

    def measure(self, defence: Defence) -> float:
        """Compute the figure."""
        if not defence.stopped:
            raise NotMeasurableError("no account of a campaign was refused")
        return defence.refused / defence.stopped
