"""Figures of the scorecard as people read them."""

from __future__ import annotations

import math

from shamcrowd.benchmark.world_checks.realism.statistic import Range

LARGE = 99_999.5


def number(value: float | None) -> str:
    """Three figures that count; nothing for what is not measured.

    >>> number(0.0147), number(1.5), number(63.44), number(1234.5), number(None)
    ('0.015', '1.50', '63.4', '1,234', '-')
    >>> number(346500.0)
    '3.5e+05'
    >>> number(float("inf")), number(-0.0003)
    ('inf', '0.000')
    """
    if value is None:
        return "-"
    if not math.isfinite(value):
        return "inf"
    size = abs(value)
    if size >= LARGE:
        return f"{value:.1e}"
    places = 3 if size < 0.995 else 2 if size < 9.995 else 1 if size < 99.95 else 0
    # Adding 0 takes the sign off a value that is rounded to nothing.
    return f"{round(value, places) + 0:,.{places}f}"


def span(limits: Range | None) -> str:
    """A range as it was set.

    >>> span((0.015, 0.3)), span((-0.02, 60.0)), span(None)
    ('0.015 to 0.3', '-0.02 to 60', '-')
    """
    return "-" if limits is None else f"{limits[0]:g} to {limits[1]:g}"
