"""Requests per account-day by group: one strip per group on a logarithmic axis."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from shamcrowd.benchmark.charts.canvas import (
    RIGHT,
    Log,
    cut,
    log_axis,
    picture,
    short,
    text,
)

LEFT, ROW, TOP = 10, 30, 4
QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)


def strips_chart(groups: Sequence[tuple[str, bool, npt.NDArray[np.int64]]]) -> str:
    """SVG: by group, 90 % of its account-days (thin), half of them (thick), median and most.

    Each group has a name, whether it is a campaign, and its requests per account-day in rising
    order. Groups without any request are left out.
    """
    shown = [group for group in groups if len(group[2])]
    most = max((int(days[-1]) for *_, days in shown), default=1)
    axis = Log(1, max(most * 1.15, 10), LEFT, RIGHT)
    floor = TOP + ROW * len(shown)
    drawn, description = [log_axis(axis, TOP, floor)], []
    for number, (name, sham, days) in enumerate(shown):
        low, quarter, middle, three, high = (float(q) for q in np.quantile(days, QUANTILES))
        at = TOP + ROW * number + 22
        kind = "sham" if sham else "honest"
        drawn.append(text(LEFT, at - 9, cut(name), kind="label"))
        drawn.append(_bar(axis, low, high, at, 2, kind))
        drawn.append(_bar(axis, quarter, three, at, 7, kind))
        drawn.append(f'<circle class="median" cx="{axis(middle):.1f}" cy="{at}" r="3.4"/>')
        drawn.append(
            f'<path class="{kind}" d="M{axis(int(days[-1])):.1f} {at - 4}l4 4l-4 4l-4 -4Z"/>'
        )
        description.append(f"{name}: median {short(middle)}, at most {short(int(days[-1]))}")
    return picture(
        "strips",
        floor + 20,
        "Requests of one account in one day, by group",
        "; ".join(description),
        drawn,
    )


def _bar(axis: Log, low: float, high: float, at: float, thick: float, kind: str) -> str:
    width = max(axis(high) - axis(low), 1.0)
    return (
        f'<rect class="{kind}" x="{axis(low):.1f}" y="{at - thick / 2:.1f}" '
        f'width="{width:.1f}" height="{thick}" rx="1"/>'
    )
