"""One detector's evasion curves: metrics against a knob."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from shamcrowd.benchmark.charts.canvas import RIGHT, line, picture, rule, text
from shamcrowd.benchmark.suites.sweep import Curve

LEFT, TOP, FLOOR, HEIGHT = 34, 10, 130, 152
DOT = 2.2


def curves(
    name: str, shown: Mapping[str, tuple[str, Curve]], knob: str, values: Sequence[float]
) -> str:
    """SVG: shares from 0 to 1 by the knob's value, and a band where there are intervals.

    ``shown`` gives for each metric its title and curve; they are distinguished by the classes
    ``one``, ``two``, ``three`` and ``four`` in that order.
    """
    low, high = min(values), max(values)

    def x(value: float) -> float:
        return LEFT + (RIGHT - LEFT) * (value - low) / (high - low)

    def y(share: float) -> float:
        return FLOOR - (FLOOR - TOP) * min(max(share, 0.0), 1.0)

    drawn = []
    for share in (0, 0.5, 1):
        drawn += [
            rule(LEFT, y(share), RIGHT, y(share)),
            text(LEFT - 4, y(share) + 3, f"{share:.0%}", "end"),
        ]
    description = []
    for kind, (title, curve) in zip(("one", "two", "three", "four"), shown.values(), strict=False):
        points = [
            (x(v), m) for v, m in zip(values, curve.points, strict=True) if m.value is not None
        ]
        if not points:
            description.append(f"{title}: not measured")
            continue
        heights = [y(m.value or 0.0) for _, m in points]
        positions = [position for position, _ in points]
        band = [(position, m.low, m.high) for position, m in points if m.low is not None]
        if len(band) == len(points):
            around = [(p, y(h or 0.0)) for p, _, h in band]
            around += [(p, y(b or 0.0)) for p, b, _ in reversed(band)]
            path = line([p for p, _ in around], [h for _, h in around])
            drawn.append(f'<path class="band {kind}" d="{path}Z"/>')
        drawn.append(f'<path class="curve {kind}" d="{line(positions, heights)}"/>')
        drawn += [
            f'<circle class="dot {kind}" cx="{a:.1f}" cy="{b:.1f}" r="{DOT}"/>'
            for a, b in zip(positions, heights, strict=True)
        ]
        ends = f"{points[0][1].value:.2f} to {points[-1][1].value:.2f}"
        description.append(f"{title}: {ends} from first to last value")
    drawn += [
        text(LEFT, HEIGHT - 6, f"{values[0]:g}"),
        text(RIGHT, HEIGHT - 6, f"{values[-1]:g}", "end"),
        text((LEFT + RIGHT) / 2, HEIGHT - 6, knob, "middle"),
    ]
    return picture("curves", HEIGHT, name, "; ".join(description), drawn)
