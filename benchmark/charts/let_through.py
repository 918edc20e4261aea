"""What a campaign drew over time, and how much of it a detector would have let through."""

from __future__ import annotations

from shamcrowd.benchmark.charts.canvas import HOURS_PER_DAY, area, line, path, picture, rule, text
from shamcrowd.benchmark.scoring.scores import CampaignOutcome
from shamcrowd.recording.counting import counted

WIDTH, HEIGHT = 240, 118
LEFT, RIGHT, TOP, BOTTOM = 30, 8, 8, 20


def let_through(outcome: CampaignOutcome, detector: str) -> str:
    """SVG: shares by day. Grey: the campaign's tokens drawn so far; orange: those of them that
    were let through; blue line: its accounts flagged.

    Without points it says that nothing was drawn.
    """
    if not outcome.curve or not outcome.curve[-1][2]:
        return '<p class="empty">used no tokens</p>'
    last = outcome.curve[-1][0]
    total = outcome.curve[-1][2]

    def x(hours: float) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * hours / last

    def y(share: float) -> float:
        return TOP + (HEIGHT - TOP - BOTTOM) * (1 - share)

    points = [(0.0, 0.0, 0, 0), *outcome.curve]
    tokens = [(x(h), y(d / total)) for h, _, d, _ in points]
    through = [(x(h), y(t / total)) for h, _, _, t in points]
    drawn = [
        rule(LEFT, y(s), WIDTH - RIGHT, y(s)) + text(LEFT - 4, y(s) + 3, f"{s:.0%}", "end")
        for s in (0, 0.5, 1)
    ]
    flagged = line([x(h) for h, *_ in points], [y(f) for _, f, *_ in points])
    drawn += [
        path(area(tokens, y(0)), "drawn"),
        path(area(through, y(0)), "through"),
        path(flagged, "flagged"),
        text(LEFT, HEIGHT - 6, "day 0"),
        text(WIDTH - RIGHT, HEIGHT - 6, f"day {last / HOURS_PER_DAY:g}", "end"),
    ]
    description = (
        f"{outcome.curve[-1][3] / total:.0%} of the tokens let through, "
        f"{outcome.flagged} of {counted(outcome.accounts, 'account')} flagged by the end"
    )
    title = f"{detector} on {outcome.campaign}"
    return picture("let-through", HEIGHT, title, description, drawn, WIDTH)
