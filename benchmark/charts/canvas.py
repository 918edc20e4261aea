"""The canvas of all charts: size, axes, SVG elements, and the text alternative of a drawing."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.plain_text import html_text

WIDTH = 360
"""Units; a phone shows about one to a pixel, so that text stays readable."""
RIGHT = WIDTH - 14
HOURS_PER_DAY = 24
INK, SOFT, ACCENT = "#1d2430", "#5c6675", "#1f5f8b"
"""Colours of drawings that must do without the style sheet of a page."""
Floats = npt.NDArray[np.float64]
Points = Sequence[tuple[float, float]]


@dataclass(frozen=True)
class Log:
    """A logarithmic axis: values ``low`` to ``high`` at coordinates ``first`` to ``last``."""

    low: float
    high: float
    first: float
    last: float

    def __call__(self, value: float) -> float:
        """Coordinate of a value; values outside the range are drawn at its end.

        >>> Log(1, 100, 0, 10)(10), Log(1, 100, 0, 10)(1000)
        (5.0, 10.0)
        """
        inside = min(max(value, self.low), self.high)
        share = math.log(inside / self.low) / math.log(self.high / self.low)
        return self.first + share * (self.last - self.first)

    @property
    def ticks(self) -> list[float]:
        """Powers of ten in the range; also 2 and 5 between few, only every second of many.

        >>> Log(1, 2000, 0, 1).ticks, Log(1, 13, 0, 1).ticks
        ([1.0, 10.0, 100.0, 1000.0], [1.0, 2.0, 5.0, 10.0])
        """
        powers = range(math.ceil(math.log10(self.low)), math.floor(math.log10(self.high)) + 1)
        steps = (1, 2, 5) if len(powers) <= 2 else (1,)
        ticks = [s * 10.0**p for p in powers for s in steps if s * 10.0**p <= self.high]
        return ticks[:: 2 if len(powers) > 5 else 1]


def nice(most: float) -> float:
    """The smallest round number that is not below ``most``: where an axis ends.

    >>> nice(37), nice(5.1), nice(0), nice(1000)
    (40.0, 6.0, 1.0, 1000.0)
    """
    if most <= 0:
        return 1.0
    unit = 10.0 ** math.floor(math.log10(most))
    steps = (1, 1.5, 2, 3, 4, 5, 6, 8, 10)
    return next(s * unit for s in steps if s * unit >= most * (1 - 1e-9))


def short(number: float) -> str:
    """A number as an axis label.

    >>> short(1500), short(20000), short(0.5), short(3e6), short(7)
    ('1.5k', '20k', '0.5', '3M', '7')
    """
    for unit, sign in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if number >= unit:
            return f"{number / unit:.3g}{sign}"
    return f"{number:.3g}"


def cut(name: str, most: int = 44) -> str:
    """A name shortened to at most ``most`` characters."""
    return name if len(name) <= most else name[: most - 1] + "…"


def picture(
    kind: str, height: float, title: str, description: str, drawn: Iterable[str],
    width: float = WIDTH,
) -> str:  # fmt: skip
    """A chart inside a page, whose style sheet sets its colours by class.

    Screen readers get ``title`` and ``description``.
    """
    return (
        f'<svg class="{kind}" viewBox="0 0 {width:g} {height:g}" role="img" '
        f'aria-label="{html_text(title)}. {html_text(description)}">'
        f"<title>{html_text(title)}</title><desc>{html_text(description)}</desc>{''.join(drawn)}</svg>"
    )


def sparkline(kind: str, width: float, height: float, title: str, drawn: Iterable[str]) -> str:
    """A small chart inside a table's cell; screen readers get ``title``."""
    return (
        f'<svg class="{kind}" viewBox="0 0 {width:g} {height:g}" role="img" '
        f'aria-label="{html_text(title)}">{"".join(drawn)}</svg>'
    )


def drawing(
    width: float, height: float, title: str, drawn: Iterable[str], kind: str = "", style: str = ""
) -> str:
    """A self-contained chart, for a file of its own or inside a page.

    Where a page includes it, the CSS property ``color`` sets the colour of its lines and letters.
    With ``style``, a style sheet, the drawing is as wide as its surroundings.
    """
    look = (
        f'class="{kind}"'
        if style
        else f'width="{width:g}" height="{height:g}" color="{INK}" fill="currentColor" '
        'font-family="system-ui, sans-serif" font-size="12"'
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" {look} '
        f'role="img" aria-label="{html_text(title)}"><title>{html_text(title)}</title>'
        + (f"<style>{style}</style>" if style else "")
        + f"{''.join(drawn)}</svg>"
    )


def line(xs: Sequence[float] | Floats, ys: Sequence[float] | Floats) -> str:
    """Path data of a line through points.

    >>> line([1, 2], [3, 4.25])
    'M1.0 3.0L2.0 4.2'
    """
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in zip(xs, ys, strict=True))


def area(points: Points, floor: float) -> str:
    """Path data of the area between a line through ``points`` and ``floor``.

    >>> area([(0, 1), (2, 1)], 5)
    'M0.0 1.0L2.0 1.0L2.0 5.0L0.0 5.0Z'
    """
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return line([*xs, xs[-1], xs[0]], [*ys, floor, floor]) + "Z"


def stairs(edges: Floats, heights: Floats, floor: float) -> str:
    """Path data of a filled histogram; ``edges`` has one value more than ``heights``."""
    xs = np.repeat(edges, 2)
    ys = np.concatenate([[floor], np.repeat(heights, 2), [floor]])
    return line(xs, ys) + "Z"


def path(data: str, kind: str = "", **attributes: object) -> str:
    """A path."""
    return f'<path{_attributes(kind, attributes)} d="{data}"/>'


def rectangle(
    x: float, y: float, width: float, height: float, kind: str, **attributes: object
) -> str:
    """A rectangle with its upper left corner at ``x``, ``y``."""
    return (
        f'<rect{_attributes(kind, attributes)} x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" '
        f'height="{height:g}"/>'
    )


def circle(x: float, y: float, radius: float, kind: str) -> str:
    """A circle."""
    return f'<circle class="{kind}" cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}"/>'


def text(
    x: float, y: float, words: str, anchor: str = "start", kind: str = "tick", note: str = "",
    **attributes: object,
) -> str:  # fmt: skip
    """A text whose ``anchor`` end lies at ``x``; ``note`` follows in a softer colour."""
    more = f' <tspan fill="{SOFT}">{html_text(note)}</tspan>' if note else ""
    return (
        f'<text{_attributes(kind, attributes)} x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">'
        f"{html_text(words)}{more}</text>"
    )


def rule(x1: float, y1: float, x2: float, y2: float, kind: str = "grid") -> str:
    """A straight line."""
    return f'<line class="{kind}" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>'


def log_axis(axis: Log, top: float, floor: float) -> str:
    """Upright lines at the ticks, labelled below."""
    return "".join(
        rule(axis(t), top, axis(t), floor) + text(axis(t), floor + 14, short(t), "middle")
        for t in axis.ticks
    )


def _attributes(kind: str, attributes: Mapping[str, object]) -> str:
    """Attributes as text; ``stroke_width`` becomes ``stroke-width``."""
    named = {"class": kind, **attributes} if kind else attributes
    return "".join(
        f' {name.replace("_", "-")}="{html_text(str(value))}"' for name, value in named.items()
    )
