"""What all charts here share: one size, axes, paths and the text that stands for a picture."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

import numpy as np
import numpy.typing as npt

WIDTH = 360
"""Units; a phone shows about one to a pixel, so that text stays readable."""
RIGHT = WIDTH - 14
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Log:
    """A logarithmic axis from ``low`` to ``high`` between two places of the drawing."""

    low: float
    high: float
    first: float
    last: float

    def __call__(self, value: float) -> float:
        """Place of a value; what lies outside stands at the end.

        >>> Log(1, 100, 0, 10)(10), Log(1, 100, 0, 10)(1000)
        (5.0, 10.0)
        """
        inside = min(max(value, self.low), self.high)
        share = math.log(inside / self.low) / math.log(self.high / self.low)
        return self.first + share * (self.last - self.first)

    @property
    def ticks(self) -> list[float]:
        """Powers of ten inside; 2 and 5 between few, only every second of many.

        >>> Log(1, 2000, 0, 1).ticks, Log(1, 13, 0, 1).ticks
        ([1.0, 10.0, 100.0, 1000.0], [1.0, 2.0, 5.0, 10.0])
        """
        powers = range(math.ceil(math.log10(self.low)), math.floor(math.log10(self.high)) + 1)
        steps = (1, 2, 5) if len(powers) <= 2 else (1,)
        ticks = [s * 10.0**p for p in powers for s in steps if s * 10.0**p <= self.high]
        return ticks[:: 2 if len(powers) > 5 else 1]


def nice(most: float) -> float:
    """The round number at or over ``most`` at which an axis may end.

    >>> nice(37), nice(5.1), nice(0), nice(1000)
    (40.0, 6.0, 1.0, 1000.0)
    """
    if most <= 0:
        return 1.0
    unit = 10.0 ** math.floor(math.log10(most))
    steps = (1, 1.5, 2, 3, 4, 5, 6, 8, 10)
    return next(s * unit for s in steps if s * unit >= most * (1 - 1e-9))


def short(number: float) -> str:
    """A number as an axis holds it.

    >>> short(1500), short(20000), short(0.5), short(3e6), short(7)
    ('1.5k', '20k', '0.5', '3M', '7')
    """
    for unit, sign in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if number >= unit:
            return f"{number / unit:.3g}{sign}"
    return f"{number:.3g}"


def cut(name: str, most: int = 44) -> str:
    """A name short enough for a drawing."""
    return name if len(name) <= most else name[: most - 1] + "…"


def picture(kind: str, height: float, title: str, told: str, drawn: Iterable[str]) -> str:
    """A whole chart: ``title`` and ``told`` stand for it where it can't be seen."""
    return (
        f'<svg class="{kind}" viewBox="0 0 {WIDTH} {height:g}" role="img" '
        f'aria-label="{escape(title)}. {escape(told)}">'
        f"<title>{escape(title)}</title><desc>{escape(told)}</desc>{''.join(drawn)}</svg>"
    )


def line(xs: Sequence[float] | Floats, ys: Sequence[float] | Floats) -> str:
    """Path through points."""
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in zip(xs, ys, strict=True))


def stairs(edges: Floats, heights: Floats, floor: float) -> str:
    """Path of a filled histogram; ``edges`` one longer than ``heights``, both places."""
    xs = np.repeat(edges, 2)
    ys = np.concatenate([[floor], np.repeat(heights, 2), [floor]])
    return line(xs, ys) + "Z"


def text(x: float, y: float, said: str, anchor: str = "start", kind: str = "tick") -> str:
    """A word in a drawing."""
    return (
        f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(said)}</text>'
    )


def rule(x1: float, y1: float, x2: float, y2: float, kind: str = "grid") -> str:
    """A straight line."""
    return f'<line class="{kind}" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>'


def log_axis(axis: Log, top: float, floor: float) -> str:
    """Upright lines at the ticks, with their numbers under them."""
    return "".join(
        rule(axis(t), top, axis(t), floor) + text(axis(t), floor + 14, short(t), "middle")
        for t in axis.ticks
    )
