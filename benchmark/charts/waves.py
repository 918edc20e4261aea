"""One campaign in the closed loop: tokens by hour, accounts joining and banned, reviews."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from shamcrowd.benchmark.charts.canvas import (
    HOURS_PER_DAY,
    RIGHT,
    nice,
    picture,
    rule,
    short,
    stairs,
    text,
)
from shamcrowd.recording.counting import counted

LEFT = 34
TOP, FLOOR = 14, 96
ABOVE, MIDDLE, BELOW = 112, 132, 152
REVIEWS, WRONG, HEIGHT = 164, 176, 200
BARS = 112
"""Most bars side by side; more hours share one."""
Floats = npt.NDArray[np.float64]


def waves(
    track: dict[str, Any],
    undefended: Sequence[float],
    reviews: Sequence[float],
    wrong: Sequence[int],
    detector: str,
) -> str:
    """SVG of one campaign's track (see `shamcrowd.benchmark.closed_loop.timeline`).

    Above, tokens an hour: grey undefended, orange in the loop. Below, accounts that joined (up)
    and accounts banned (down). At the bottom the reviews, and legitimate users banned as dots.
    """
    hours = len(track["tokens"])
    each = max(-(-hours // BARS), 1)
    tokens, joined, banned, open_tokens, wrongs = (
        _binned(column, each)
        for column in (track["tokens"], track["joined"], track["banned"], undefended, wrong)
    )
    tokens, open_tokens = tokens / each, open_tokens / each
    edges = LEFT + (RIGHT - LEFT) * np.arange(len(tokens) + 1) / len(tokens)
    most = nice(float(max(tokens.max(), open_tokens.max())))
    top = nice(float(max(joined.max(), banned.max())))

    def high(values: Floats) -> Floats:
        return FLOOR - (FLOOR - TOP) * values / most

    half = MIDDLE - ABOVE
    drawn = [
        rule(LEFT, TOP, RIGHT, TOP),
        rule(LEFT, FLOOR, RIGHT, FLOOR),
        text(LEFT - 4, TOP + 4, short(most), "end"),
        text(LEFT - 4, FLOOR + 2, "0", "end"),
        text(LEFT, TOP - 4, "tokens per hour"),
        f'<path class="drawn" d="{stairs(edges, high(open_tokens), FLOOR)}"/>',
        f'<path class="through" d="{stairs(edges, high(tokens), FLOOR)}"/>',
        f'<path class="joined" d="{stairs(edges, MIDDLE - half * joined / top, MIDDLE)}"/>',
        f'<path class="banned" d="{stairs(edges, MIDDLE + half * banned / top, MIDDLE)}"/>',
        rule(LEFT, MIDDLE, RIGHT, MIDDLE),
        text(LEFT - 4, ABOVE + 4, short(top), "end"),
        text(LEFT - 4, BELOW + 2, short(top), "end"),
        text(LEFT, ABOVE - 3, f"accounts, {each} h per bar: joined (up), banned (down)"),
    ]
    drawn += [
        rule(x, REVIEWS - 3, x, REVIEWS + 1, "review")
        for x in (LEFT + (RIGHT - LEFT) * r / hours for r in reviews)
    ]
    centres = (edges[1:] + edges[:-1]) / 2
    drawn += [
        f'<circle class="wrong" cx="{x:.1f}" cy="{WRONG}" r="{min(1.2 + n**0.5, 5):.1f}"/>'
        for x, n in zip(centres.tolist(), wrongs.tolist(), strict=True)
        if n
    ]
    days = hours / HOURS_PER_DAY
    drawn += [
        text(LEFT, HEIGHT - 6, "day 0"),
        text(RIGHT, HEIGHT - 6, f"day {days:g}", "end"),
        text(
            (LEFT + RIGHT) / 2,
            HEIGHT - 6,
            "reviews (ticks), legitimate users banned (dots)",
            "middle",
        ),
    ]
    description = (
        f"{sum(track['tokens']):,} tokens in the closed loop, "
        f"{int(sum(undefended)):,} without defence; "
        f"{counted(sum(track['joined']), 'account')} joined, {sum(track['banned'])} banned; "
        f"{counted(len(reviews), 'review')}; {counted(sum(wrong), 'legitimate account')} banned"
    )
    return picture("waves", HEIGHT, f"{track['campaign']} against {detector}", description, drawn)


def _binned(values: Sequence[float], each: int) -> Floats:
    column = np.asarray(values, np.float64)
    full = np.concatenate([column, np.zeros(-len(column) % each)])
    sums: Floats = full.reshape(-1, each).sum(axis=1)
    return sums
