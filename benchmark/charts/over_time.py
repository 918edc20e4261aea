"""Detection over time in a table's cell: the share of sham accounts flagged so far."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

WIDTH, HEIGHT, EDGE = 120, 30, 2
HOURS_PER_DAY = 24


def over_time(name: str, curve: Sequence[tuple[float, float]], hours: float) -> str:
    """SVG from day 0 to the end, 0 to 100 %; "" without a campaign.

    ``curve`` has (hours since the start, share) at each review, ``hours`` is the whole length.
    """
    if not curve or hours <= 0:
        return ""
    high = HEIGHT - 2 * EDGE
    x, y = 0.0, float(HEIGHT - EDGE)
    path = [f"M{x:g} {y:g}"]
    for at, share in curve:
        # Flags come at reviews: the line steps, and is drawn where it turns only.
        place, level = WIDTH * min(at / hours, 1.0), EDGE + high * (1 - share)
        if round(level, 1) != round(y, 1):
            path.append(f"H{place:.1f}V{level:.1f}")
            y = level
    path.append(f"H{WIDTH}")
    half = next((at for at, share in curve if share >= 0.5), None)
    end = f"{curve[-1][1]:.0%} of the sham accounts flagged by day {hours / HOURS_PER_DAY:g}"
    told = f"{name}: {end}" + (f", half by day {half / HOURS_PER_DAY:.1f}" if half else "")
    line = "".join(path)
    return (
        f'<svg class="over-time" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-label="{escape(told)}"><path class="frame" d="M0 {EDGE}H{WIDTH}M0 {HEIGHT - EDGE}'
        f'H{WIDTH}"/><path class="under" d="{line}V{HEIGHT - EDGE}Z"/>'
        f'<path class="flagged" d="{line}"/></svg>'
    )
