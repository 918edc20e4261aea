"""Which response policy deters more, and at which harm: differences between the rows of a duel."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from shamcrowd.benchmark.closed_loop.duel import DuelScores
from shamcrowd.benchmark.closed_loop.figures.registry import figures
from shamcrowd.benchmark.comparison.paired import Difference, Measured, Stratum, judged, measured

COMPARED = ("deterrence-ratio", "damage-held", "people-hurt")
"""Figures by which responses are compared."""


@dataclass(frozen=True)
class ResponseContrast:
    """Response B against response A with one detector, by one figure.

    Values are means over the strategies; ``difference`` is B minus A, paired by seed.
    """

    detector: str
    a: str
    b: str
    figure: str
    difference: Difference


def compare_responses(scores: DuelScores) -> tuple[ResponseContrast, ...]:
    """Compare every response of a duel with the first one.

    On each seed the mean over all strategies is compared, as the strategies of one seed act in the
    same world. Verdicts hold for all comparisons of the table together.

    Returns:
        For each detector, each response but the first and each of `COMPARED`, in this order.
        Comparisons of which nothing was measured are left out.
    """
    first, *others = scores.responses
    asked = [(d, other, f) for d in scores.detectors for other in others for f in COMPARED]
    found: list[tuple[tuple[str, str, str], Measured]] = []
    for detector, other, figure in asked:
        pairs = [
            (np.array([one]), np.array([two]))
            for one, two in zip(
                _by_seed(scores, detector, first, figure),
                _by_seed(scores, detector, other, figure),
                strict=True,
            )
            if one is not None and two is not None
        ]
        if pairs:
            better = figures()[figure].better
            found.append(((detector, other, figure), measured([Stratum(pairs)], better)))
    differences = judged([each for _, each in found])
    return tuple(
        ResponseContrast(detector, first, other, figure, difference)
        for ((detector, other, figure), _), difference in zip(found, differences, strict=True)
    )


def _by_seed(scores: DuelScores, detector: str, response: str, figure: str) -> list[float | None]:
    """The mean over all strategies on each seed; None where one of them was not measured."""
    cells = [scores.cell(detector, response, strategy) for strategy in scores.strategies]
    if any(cell.status != "ok" for cell in cells):
        return [None] * len(scores.seeds)
    values = zip(*(cell.figures[figure].by_seed for cell in cells), strict=True)
    return [
        None if any(v is None for v in each) else float(np.mean([v for v in each if v is not None]))
        for each in values
    ]
