"""Responses of a duel by what they deter and whom they hurt: a mark each."""

from __future__ import annotations

from shamcrowd.benchmark.charts.canvas import (
    WIDTH,
    Log,
    circle,
    cut,
    nice,
    picture,
    rule,
    text,
)
from shamcrowd.benchmark.charts.formatting import quantity
from shamcrowd.benchmark.closed_loop.duel import DuelScores

LEFT, TOP, FLOOR, LAST = 40, 14, 190, 210
"""Place of the axes; names stand right of ``LAST``."""
LEAST = 0.002
"""Least end of the axis of harm: labels have tenths of a percent, the middle one as well."""
APART = 13
"""Units between the names of two rows."""


def harm_and_deterrence(duel: DuelScores) -> str:
    """SVG: deterrence upwards (logarithmic), legitimate accounts hurt to the right, means.

    Rows of which a strategy was not measured are left out.
    """
    points = [
        (duel.label(*row), hurt, ratio)
        for row in duel.rows
        if (hurt := _mean(duel, row, "people-hurt")) is not None
        and (ratio := _mean(duel, row, "deterrence-ratio"))
    ]
    if not points:
        return picture("harm", 30, "Deterrence against harm", "nothing was measured", [])
    low, high = (pick(0.5, *(p[2] for p in points)) for pick in (min, max))
    axis = Log(low / 1.3, max(high, 2.0) * 1.3, FLOOR, TOP)
    most = nice(max(LEAST, *(p[1] for p in points)))
    drawn = [rule(LEFT, FLOOR, LAST, FLOOR), rule(LEFT, axis(1.0), LAST, axis(1.0))]
    drawn += [text(LEFT - 5, axis(t) + 3, f"{t:g}", "end") for t in axis.ticks]
    drawn += [
        text(LEFT + (LAST - LEFT) * share, FLOOR + 13, quantity(most * share, "share"), "middle")
        for share in (0, 0.5, 1)
    ]
    drawn.append(text((LEFT + LAST) / 2, FLOOR + 27, "legitimate accounts hurt", "middle"))
    drawn.append(text(LEFT - 30, TOP - 4, "deterrence ratio", "start"))
    described = []
    below = 0.0
    # From the top down, so that no name covers another.
    for label, hurt, ratio in sorted(points, key=lambda p: -p[2]):
        x, y = LEFT + (LAST - LEFT) * hurt / most, axis(ratio)
        below = max(below + APART, y)
        drawn.append(rule(x + 5, y, LAST + 8, below))
        drawn.append(circle(x, y, 4, "dot one"))
        drawn.append(text(LAST + 11, below + 3, cut(label, 26), "start", "name"))
        described.append(
            f"{label}: deterrence ratio {quantity(ratio, 'ratio')}, legitimate accounts hurt "
            f"{quantity(hurt, 'share')}"
        )
    height = max(FLOOR + 34, below + 10)
    return picture("harm", height, "Deterrence against harm", "; ".join(described), drawn, WIDTH)


def _mean(duel: DuelScores, row: tuple[str, str], figure: str) -> float | None:
    cells = [duel.cell(*row, strategy) for strategy in duel.strategies]
    if any(c.status != "ok" or c.figures[figure].value is None for c in cells):
        return None
    return sum(c.figures[figure].value or 0.0 for c in cells) / len(cells)
