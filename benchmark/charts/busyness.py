"""Requests per account-day: a campaign and all legitimate accounts."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from shamcrowd.benchmark.charts.canvas import (
    RIGHT,
    Log,
    log_axis,
    nice,
    picture,
    rule,
    short,
    stairs,
    text,
)

LEFT, TOP, FLOOR, HEIGHT = 40, 12, 118, 148
PER_DECADE = 6
"""Steps of the histogram for each power of ten."""
Counts = npt.NDArray[np.int64]


def busyness_chart(name: str, own: Counts, others: Counts) -> str:
    """SVG: the shares of account-days by requests, of a campaign and of everybody else."""
    most = max(int(own.max(initial=1)), int(others.max(initial=1)), 10)
    steps = int(np.ceil(np.log10(most + 1) * PER_DECADE))
    edges = 10 ** (np.arange(steps + 1) / PER_DECADE)
    axis = Log(1, float(edges[-1]), LEFT, RIGHT)
    shares = [np.histogram(days, edges)[0] / max(len(days), 1) for days in (others, own)]
    top = nice(max(float(s.max()) for s in shares) * 100) / 100

    def y(share: float) -> float:
        return FLOOR - (FLOOR - TOP) * share / top

    positions = np.array([axis(e) for e in edges])
    drawn = [log_axis(axis, TOP, FLOOR)]
    drawn += [
        rule(LEFT, y(s), RIGHT, y(s)) + text(LEFT - 5, y(s) + 4, f"{s * 100:.3g} %", "end")
        for s in (0, top / 2, top)
    ]
    for kind, share in zip(("honest", "sham"), shares, strict=True):
        path = stairs(positions, np.array([y(float(s)) for s in share]), FLOOR)
        drawn.append(f'<path class="{kind} see-through" d="{path}"/>')
    drawn.append(
        text((LEFT + RIGHT) / 2, HEIGHT - 3, "requests of one account in one day", "middle")
    )
    description = (
        f"{name}: median {short(float(np.median(own)))}, at most {short(int(own.max()))}; "
        f"legitimate accounts: median {short(float(np.median(others)))}, "
        f"at most {short(int(others.max()))}."
    )
    return picture("busyness", HEIGHT, "Requests of one account in one day", description, drawn)
