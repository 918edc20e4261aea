"""Detection over time in a table's cell: the share of sham accounts flagged so far."""

from __future__ import annotations

from collections.abc import Sequence

from shamcrowd.benchmark.charts.canvas import HOURS_PER_DAY, path, sparkline

WIDTH, HEIGHT, EDGE = 120, 30, 2


def over_time(name: str, curve: Sequence[tuple[float, float]], hours: float) -> str:
    """SVG from day 0 to the end, 0 to 100 %; "" without a campaign.

    Args:
        name: the detector.
        curve: (hours since the start, share of sham accounts flagged) at each review.
        hours: length of the recording.
    """
    if not curve or hours <= 0:
        return ""
    high = HEIGHT - 2 * EDGE
    x, y = 0.0, float(HEIGHT - EDGE)
    parts = [f"M{x:g} {y:g}"]
    for at, share in curve:
        # Accounts are flagged at reviews, so the line is a staircase; only its corners are drawn.
        across, level = WIDTH * min(at / hours, 1.0), EDGE + high * (1 - share)
        if round(level, 1) != round(y, 1):
            parts.append(f"H{across:.1f}V{level:.1f}")
            y = level
    parts.append(f"H{WIDTH}")
    half = next((at for at, share in curve if share >= 0.5), None)
    end = f"{curve[-1][1]:.0%} of the sham accounts flagged by day {hours / HOURS_PER_DAY:g}"
    title = f"{name}: {end}" + (f", half by day {half / HOURS_PER_DAY:.1f}" if half else "")
    staircase = "".join(parts)
    drawn = [
        path(f"M0 {EDGE}H{WIDTH}M0 {HEIGHT - EDGE}H{WIDTH}", "frame"),
        path(f"{staircase}V{HEIGHT - EDGE}Z", "under"),
        path(staircase, "flagged"),
    ]
    return sparkline("over-time", WIDTH, HEIGHT, title, drawn)
