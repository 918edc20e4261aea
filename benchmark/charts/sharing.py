"""Number of accounts that share the entities that an account uses."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from shamcrowd.benchmark.charts.canvas import (
    RIGHT,
    Log,
    line,
    log_axis,
    picture,
    rule,
    short,
    text,
)
from shamcrowd.recording.plain_text import html_text

LEFT, TOP, FLOOR, HEIGHT = 44, 10, 112, 144
Counts = npt.NDArray[np.int64]


def sharing_chart(plural: str, lines: Sequence[tuple[str, bool, Counts]]) -> str:
    """SVG: a falling line for each side: name, is it a campaign, and for every account on how
    many accounts its most shared thing is found.
    """
    most = max(int(users.max()) for *_, users in lines)
    axis = Log(1, max(most * 1.1, 10), LEFT, RIGHT)

    def y(share: float) -> float:
        return FLOOR - (FLOOR - TOP) * share

    drawn = [log_axis(axis, TOP, FLOOR)]
    drawn += [
        rule(LEFT, y(s), RIGHT, y(s)) + text(LEFT - 5, y(s) + 4, f"{s:.0%}", "end")
        for s in (0, 0.5, 1)
    ]
    description = []
    for name, sham, users in lines:
        kind = "sham" if sham else "honest"
        numbers, many = np.unique(users, return_counts=True)
        # At each number: the share of accounts with that many or more.
        shares = many[::-1].cumsum()[::-1] / len(users)
        xs = np.repeat([LEFT, *(axis(n) for n in numbers)], 2)[1:]
        ys = np.repeat([y(s) for s in (*shares, 0.0)], 2)[:-1]
        drawn.append(
            f'<path class="{kind} curve" d="{line(xs, ys)}"><title>{html_text(name)}</title></path>'
        )
        description.append(
            f"{name}: median {short(float(np.median(users)))}, most {short(users.max())}"
        )
    drawn.append(text((LEFT + RIGHT) / 2, HEIGHT - 3, "accounts that share it", "middle"))
    title = f"Share of accounts by how many use the same of their {plural}"
    return picture("sharing", HEIGHT, title, "; ".join(description), drawn)
