"""The duel as a heat map: a detector and response a row, a strategy a column."""

from __future__ import annotations

import math
from collections.abc import Callable

from shamcrowd.benchmark.charts.canvas import RIGHT, cut, picture, text
from shamcrowd.benchmark.charts.formatting import quantity, quantity_interval
from shamcrowd.benchmark.closed_loop.duel import DuelCell, DuelScores

LEFT, WIDE_LEFT = 104, 150
LETTERS = 20
"""A longer name of a row needs the wide margin."""
TOP, ROW = 26, 34
DEEPEST = math.log(8)
"""A ratio of 8, or of 1/8, has the deepest colour."""
WORST = 0.05
"""So has this share of legitimate accounts suspended."""
Shade = Callable[[float], tuple[str, float]]


def by_deterrence(ratio: float) -> tuple[str, float]:
    """Class and depth of colour: good above 1, where the theft no longer pays, bad below.

    >>> by_deterrence(1.0), by_deterrence(8.0), by_deterrence(0.125), by_deterrence(0.0)
    (('good', 0.0), ('good', 1.0), ('bad', 1.0), ('bad', 1.0))
    """
    if ratio <= 0:
        return "bad", 1.0
    depth = math.log(ratio) / DEEPEST
    return ("good" if ratio >= 1 else "bad"), min(abs(depth), 1.0)


def by_harm(share: float) -> tuple[str, float]:
    """Class and depth of colour: the deeper, the more legitimate users are hit.

    >>> by_harm(0.025), by_harm(0.5)
    (('bad', 0.5), ('bad', 1.0))
    """
    return "bad", min(share / WORST, 1.0)


def heat_map(duel: DuelScores, figure: str, unit: str, title: str, shade: Shade) -> str:
    """SVG: a cell for each pair, with the figure and its interval where there is one."""
    labels = [duel.label(*row) for row in duel.rows]
    left = LEFT if max(map(len, labels)) <= LETTERS else WIDE_LEFT
    wide = (RIGHT - left) / len(duel.strategies)
    drawn = [
        text(left + wide * (n + 0.5), TOP - 8, cut(name, max(int(wide / 5), 4)), "middle")
        for n, name in enumerate(duel.strategies)
    ]
    description = []
    for row, (label, pair) in enumerate(zip(labels, duel.rows, strict=True)):
        y = TOP + ROW * row
        letters = LETTERS if left == LEFT else LETTERS * WIDE_LEFT // LEFT
        drawn.append(text(left - 6, y + ROW / 2 + 3, cut(label, letters), "end", "name"))
        for column, strategy in enumerate(duel.strategies):
            cell = duel.cell(*pair, strategy)
            value, note = _shown(cell, figure, unit)
            name, depth = (
                shade(cell.figures[figure].value or 0.0) if _has(cell, figure) else ("", 0)
            )
            x = left + wide * column
            drawn.append(
                f'<rect class="cell {name}" x="{x + 1:.1f}" y="{y + 1}" width="{wide - 2:.1f}" '
                f'height="{ROW - 2}" rx="3" style="fill-opacity:{depth * 0.7:.2f}"/>'
            )
            middle = x + wide / 2
            drawn.append(text(middle, y + (15 if note else 20), value, "middle", "value"))
            if note:
                drawn.append(text(middle, y + 27, note, "middle", "range"))
            description.append(f"{label} against {strategy}: {value}{', ' + note if note else ''}")
    height = TOP + ROW * len(labels) + 4
    return picture("heat-map", height, title, "; ".join(description), drawn)


def _has(cell: DuelCell, figure: str) -> bool:
    return cell.status == "ok" and cell.figures[figure].value is not None


def _shown(cell: DuelCell, figure: str, unit: str) -> tuple[str, str]:
    if cell.status != "ok":
        return cell.status, ""
    measured = cell.figures[figure]
    range_ = quantity_interval(measured, unit).replace(" to ", "–").replace(" %", "")
    return quantity(measured.value, unit), range_
