"""Figures in words, for pages and for the terminal."""

from __future__ import annotations

from shamcrowd.benchmark.charts.formatting import NOTHING
from shamcrowd.benchmark.scoring.scores import Measurement


def told(value: float | None, unit: str) -> str:
    """A figure as people read it.

    >>> told(0.0423, "share"), told(2.5, "ratio"), told(39186511.5, "tokens"), told(-7.2, "dollars")
    ('4.2 %', '2.50', '39.2 M', '−$7')
    >>> told(12.34, "hours"), told(None, "share"), told(2850.0, "ratio"), told(-0.2, "share")
    ('12.3 h', '—', '2,850', '−20.0 %')
    """
    if value is None:
        return NOTHING
    sign = "−" if value < 0 else ""
    size = abs(value)
    if unit == "share":
        said = f"{size * 100:.1f} %"
    elif unit == "hours":
        said = f"{size:.1f} h"
    elif unit == "dollars":
        said = f"${size:,.2f}" if size < 1 else f"${size:,.0f}"
    elif unit == "tokens":
        said = f"{size / 1e6:,.1f} M"
    else:
        said = f"{size:,.2f}" if size < 100 else f"{size:,.0f}"
    # What is rounded to nothing has no sign.
    return sign + said if any(c in "123456789" for c in said) else said


def between(measured: Measurement, unit: str) -> str:
    """Its interval; "" below the minimum of seeds.

    >>> between(Measurement(0.5, 0.4, 0.6), "share"), between(Measurement(0.5), "share")
    ('40.0 % to 60.0 %', '')
    """
    if measured.low is None or measured.high is None:
        return ""
    return f"{told(measured.low, unit)} to {told(measured.high, unit)}"
