"""What a campaign drew over time, and how much of it a detector would have let through."""

from __future__ import annotations

from html import escape

from shamcrowd.benchmark.scoring.scores import CampaignOutcome

WIDTH, HEIGHT = 240, 118
LEFT, RIGHT, TOP, BOTTOM = 30, 8, 8, 20
HOURS_PER_DAY = 24


def let_through(outcome: CampaignOutcome, detector: str) -> str:
    """SVG: the share of the campaign's tokens drawn so far (grey), of those let through
    (orange), and the share of its accounts flagged (blue line), by day.

    Without points it says that nothing was drawn.
    """
    if not outcome.curve or not outcome.curve[-1][2]:
        return '<p class="empty">drew nothing</p>'
    last = outcome.curve[-1][0]
    total = outcome.curve[-1][2]

    def x(hours: float) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * hours / last

    def y(share: float) -> float:
        return TOP + (HEIGHT - TOP - BOTTOM) * (1 - share)

    points = [(0.0, 0.0, 0, 0), *outcome.curve]
    drawn = [(x(h), y(d / total)) for h, _, d, _ in points]
    through = [(x(h), y(t / total)) for h, _, _, t in points]
    flagged = [(x(h), y(f)) for h, f, _, _ in points]
    floor = y(0)
    share = outcome.curve[-1][3] / total
    text = (
        f"{detector} on {outcome.campaign}: {share:.0%} of the tokens let through, "
        f"{outcome.flagged} of {outcome.accounts} accounts flagged by the end"
    )
    days = last / HOURS_PER_DAY
    return (
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(text)}">'
        f"<title>{escape(text)}</title>"
        + "".join(
            f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y(s):.1f}" y2="{y(s):.1f}"/>'
            f'<text class="tick" x="{LEFT - 4}" y="{y(s) + 3:.1f}" text-anchor="end">{s:.0%}</text>'
            for s in (0, 0.5, 1)
        )
        + f'<path class="drawn" d="{_area(drawn, floor)}"/>'
        f'<path class="through" d="{_area(through, floor)}"/>'
        f'<path class="flagged" d="{_line(flagged)}"/>'
        f'<text class="tick" x="{LEFT}" y="{HEIGHT - 6}">day 0</text>'
        f'<text class="tick" x="{WIDTH - RIGHT}" y="{HEIGHT - 6}" text-anchor="end">'
        f"day {days:g}</text></svg>"
    )


def _line(points: list[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{a:.1f} {b:.1f}" for a, b in points)


def _area(points: list[tuple[float, float]], floor: float) -> str:
    return f"{_line(points)}L{points[-1][0]:.1f} {floor:.1f}L{points[0][0]:.1f} {floor:.1f}Z"
