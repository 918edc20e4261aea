"""A reliability curve: the share of sham accounts against the probability that was given."""

from __future__ import annotations

from collections.abc import Sequence

from shamcrowd.benchmark.charts.canvas import RIGHT, Log, line, picture, rule, text
from shamcrowd.benchmark.charts.formatting import percent
from shamcrowd.benchmark.scoring.scores import ReliabilityBin
from shamcrowd.recording.counting import counted

LEFT, TOP, FLOOR, HEIGHT = 40, 10, 186, 216
LEAST = 0.0003
"""Smallest probability drawn: both axes are logarithmic, as sham accounts are rare."""
TICKS = (0.001, 0.01, 0.1, 1.0)


def reliability_curve(name: str, bins: Sequence[ReliabilityBin]) -> str:
    """SVG: a dot for each bin, its area by the number of accounts; on the diagonal all is as said.

    Dots on the floor are bins without a sham account.
    """
    x, y = Log(LEAST, 1.0, LEFT, RIGHT), Log(LEAST, 1.0, FLOOR, TOP)
    most = max((one.accounts for one in bins), default=1)
    drawn = []
    for tick in TICKS:
        drawn += [
            rule(LEFT, y(tick), RIGHT, y(tick)),
            text(LEFT - 4, y(tick) + 3, percent(tick), "end"),
            text(x(tick), FLOOR + 12, percent(tick), "middle" if tick < 1 else "end"),
        ]
    drawn.append(f'<path class="ideal" d="{line([LEFT, RIGHT], [FLOOR, TOP])}"/>')
    places = [(x(max(one.expected, LEAST)), y(max(one.sham / one.accounts, LEAST))) for one in bins]
    drawn.append(f'<path class="said" d="{line([a for a, _ in places], [b for _, b in places])}"/>')
    for (a, b), one in zip(places, bins, strict=True):
        radius = 2 + 5 * (one.accounts / most) ** 0.5
        drawn.append(f'<circle class="bin" cx="{a:.1f}" cy="{b:.1f}" r="{radius:.1f}"/>')
    drawn.append(
        text(
            (LEFT + RIGHT) / 2,
            HEIGHT - 4,
            "probability given (across), share of sham accounts (up)",
            "middle",
        )
    )
    said = "; ".join(
        f"{counted(one.accounts, 'account')} given {one.expected:.2%} on average: "
        f"{one.sham / one.accounts:.2%} sham"
        for one in bins
    )
    return picture("reliability", HEIGHT, f"Reliability of {name}", said, drawn)
