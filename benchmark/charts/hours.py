"""Requests per hour of one group, with the phases of its campaign and model releases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from shamcrowd.benchmark.charts.canvas import (
    RIGHT,
    nice,
    picture,
    rule,
    short,
    stairs,
    text,
)
from shamcrowd.recording.counting import counted
from shamcrowd.recording.units import MS_PER_DAY, MS_PER_HOUR

LEFT, TOP, FLOOR = 72, 16, 112
ROW = 14
"""Height of the line that shows when a campaign began something."""
MOST_BINS = 370
BINS = (1, 2, 3, 4, 6, 8, 12, 24)
STEPS = (1, 2, 3, 6, 12, 24, 48, 96, 168, 336, 720, 1440, 2880)
"""Hours that may lie between two marks of the time axis."""


@dataclass(frozen=True)
class Phase:
    """The start of a phase of a campaign; ``time`` in ms since 1970."""

    name: str
    time: int
    accounts: int


@dataclass(frozen=True)
class TimeAxis:
    """The time axis of a recording, ms since 1970; ``releases`` are moments."""

    start: int
    end: int
    releases: tuple[int, ...] = ()

    def x(self, time: float) -> float:
        """Place of a moment."""
        share = (time - self.start) / max(self.end - self.start, 1)
        return LEFT + (RIGHT - LEFT) * min(max(share, 0.0), 1.0)

    @property
    def marks(self) -> list[tuple[float, str]]:
        """Places and words of up to five moments."""
        span = (self.end - self.start) / MS_PER_HOUR
        step = next((s for s in STEPS if span / s <= 4.6), STEPS[-1]) * MS_PER_HOUR
        found = []
        for time in range(self.start, self.end + 1, step):
            moment = dt.datetime.fromtimestamp(time / 1000, dt.UTC)
            said = f"{moment:%H:%M}" if step < MS_PER_DAY else f"{moment.day} {moment:%b}"
            found.append((self.x(time), said))
        return found


def bin_hours(hours: int) -> int:
    """Hours that one step of a curve stands for, so that a year still fits.

    >>> bin_hours(336), bin_hours(8760)
    (1, 24)
    """
    return next((b for b in BINS if hours / b <= MOST_BINS), -(-hours // MOST_BINS))


def hours_chart(
    title: str,
    parts: Sequence[tuple[str, npt.NDArray[np.int64]]],
    axis: TimeAxis,
    phases: Sequence[Phase] = (),
) -> str:
    """SVG: ``parts`` (CSS class, requests by hour) stacked, the uppermost first; phases below."""
    width = bin_hours(len(parts[0][1]))
    curves = [(kind, _means(hourly, width)) for kind, hourly in parts]
    whole = np.sum([curve for _, curve in curves], axis=0)
    peak = float(whole.max(initial=0.0))
    most = nice(peak)
    begins = axis.start + np.arange(len(whole)) * width * MS_PER_HOUR
    xs = np.array([axis.x(b) for b in (*begins, axis.end)])
    drawn = [
        rule(LEFT, at, RIGHT, at) + text(LEFT - 5, at + 4, short(v), "end")
        for v, at in ((0, FLOOR), (most / 2, (FLOOR + TOP) / 2), (most, TOP))
    ]
    # The whole first, what lies below it over it: steps need no lower edge then.
    left = whole
    for kind, curve in curves:
        path = stairs(xs, FLOOR - (FLOOR - TOP) * left / most, FLOOR)
        drawn.append(f'<path class="{kind}" d="{path}"/>')
        left = left - curve
    names = list(dict.fromkeys(p.name for p in phases))
    bottom = FLOOR + 6 + ROW * len(names)
    drawn += [
        f'<path class="release" d="M{axis.x(r):.1f} {TOP - 2}l-4 -8h8Z"/>'
        + rule(axis.x(r), TOP - 2, axis.x(r), bottom - 6, "release")
        for r in axis.releases
    ]
    for number, name in enumerate(names):
        at = FLOOR + ROW * (number + 1)
        drawn.append(text(LEFT - 5, at + 4, name, "end"))
        drawn.append(rule(LEFT, at, RIGHT, at))
        drawn += [
            f'<circle class="phase" cx="{axis.x(p.time):.1f}" cy="{at}" r="3.2"/>'
            for p in phases
            if p.name == name
        ]
    drawn += [
        text(x, bottom + 10, said, "middle" if x < RIGHT - 8 else "end") for x, said in axis.marks
    ]
    total = sum(int(hourly.sum()) for _, hourly in parts)
    description = f"{counted(total, 'request')}, {short(peak)} an hour at most."
    if names:
        description += f" Began: {', '.join(_began(name, phases) for name in names)}."
    return picture("hours", bottom + 16, f"{title}: requests per hour", description, drawn)


def _means(hourly: npt.NDArray[np.int64], width: int) -> npt.NDArray[np.float64]:
    """Mean requests per hour over each ``width`` hours."""
    edges = np.arange(0, len(hourly), width)
    lengths = np.diff(np.append(edges, len(hourly)))
    means: npt.NDArray[np.float64] = np.add.reduceat(hourly, edges) / lengths
    return means


def _began(name: str, phases: Sequence[Phase]) -> str:
    times = [p.time for p in phases if p.name == name]
    first = dt.datetime.fromtimestamp(times[0] / 1000, dt.UTC)
    often = f", {len(times)} times from then on" if len(times) > 1 else ""
    return f"{name} {first.day} {first:%B %H:%M}{often}"
