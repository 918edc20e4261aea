"""Detection over time: the share of sham accounts flagged so far, a panel per detector."""

from __future__ import annotations

from collections.abc import Sequence

from shamcrowd.benchmark.charts.canvas import ACCENT, HOURS_PER_DAY, SOFT, drawing, line, path, text
from shamcrowd.benchmark.comparison.runs import Pair
from shamcrowd.benchmark.scoring.scores import DetectorScores

PANEL, TALL, GAP = 230, 130, 26
LEFT, TOP, ACROSS = 38, 46, 3
BEFORE = "#b05a1a"
STYLES: tuple[dict[str, str], dict[str, str]] = (
    {"stroke": BEFORE, "stroke_width": "2", "stroke_dasharray": "5 3"},
    {"stroke": ACCENT, "stroke_width": "2"},
)
"""Of run A and run B."""
Curve = list[tuple[float, float]]


def detection_curve(scored: DetectorScores, seeds: Sequence[int]) -> Curve:
    """(hours since the start, share of sham accounts flagged so far) at each review.

    Over all campaigns of ``seeds``, every account counting once.
    """
    flagged: dict[float, float] = {}
    accounts = 0
    for outcome in scored.campaigns:
        if outcome.seed in seeds:
            accounts += outcome.accounts
            for hours, share, *_ in outcome.curve:
                flagged[hours] = flagged.get(hours, 0.0) + share * outcome.accounts
    return [(hours, flagged[hours] / accounts) for hours in sorted(flagged)]


LETTER = 7
"""Width of a letter in the legend, about, in units of the drawing."""
LONGEST = 28
"""Letters of a name in the legend; of a longer one its end is shown."""


def detection_chart(
    scenario: str, pairs: Sequence[tuple[str, Pair]], names: tuple[str, str] = ("A", "B")
) -> str:
    """SVG for one scenario, a panel per detector: the first dashed orange, the other solid blue.

    ``names`` are those of the two in the legend.
    """
    across = min(ACROSS, len(pairs))
    down = -(-len(pairs) // ACROSS)
    first, second = (name if len(name) <= LONGEST else f"…{name[-LONGEST + 1 :]}" for name in names)
    second_at = LEFT + 28 + LETTER * len(first) + 16
    width = max(LEFT + across * (PANEL + GAP), second_at + 28 + LETTER * len(second), 420)
    height = TOP + down * (TALL + 52)
    head = f"{scenario}: share of sham accounts flagged, by day"
    drawn = [
        text(LEFT, 14, head, kind="", font_weight=600),
        path(f"M{LEFT} 27h22", **STYLES[0]),
        text(LEFT + 28, 31, first, kind=""),
        path(f"M{second_at} 27h22", **STYLES[1]),
        text(second_at + 28, 31, second, kind=""),
    ]
    ends = []
    for number, (label, pair) in enumerate(pairs):
        x = LEFT + (number % ACROSS) * (PANEL + GAP)
        y = TOP + (number // ACROSS) * (TALL + 52) + 18
        made, end = _panel(label, pair, x, y, bool(number % ACROSS))
        drawn += made
        ends.append(end)
    return drawing(width, height, f"{scenario}: {'; '.join(ends)}", drawn)


def _panel(label: str, pair: Pair, x: float, y: float, bare: bool) -> tuple[list[str], str]:
    """One detector's panel, and where its curves end, as text."""
    curves = [detection_curve(d, pair.seeds) for d in (pair.a, pair.b)]
    last = max((c[-1][0] for c in curves if c), default=0.0)
    drawn = [text(x, y - 6, label, kind="")]
    if not last:
        drawn.append(text(x, y + 20, "no campaign", kind="", fill=SOFT))
        return drawn, f"{label}: no campaign"
    for share in (0, 0.5, 1):
        at = y + TALL * (1 - share)
        drawn.append(path(f"M{x} {at:g}h{PANEL}", stroke=SOFT, stroke_opacity=0.35))
        if not bare:
            drawn.append(text(x - 5, at + 4, f"{share:.0%}", "end", "", fill=SOFT))
    for curve, style in zip(curves, STYLES, strict=True):
        points = [(x, y + TALL)]
        for hours, share in curve:
            # Accounts are flagged at reviews, so the line is a staircase.
            at = x + PANEL * hours / last
            points += [(at, points[-1][1]), (at, y + TALL * (1 - share))]
        drawn.append(path(line(*zip(*points, strict=True)), fill="none", **style))
    drawn.append(text(x, y + TALL + 15, "day 0", kind="", fill=SOFT))
    day = f"day {last / HOURS_PER_DAY:g}"
    drawn.append(text(x + PANEL, y + TALL + 15, day, "end", "", fill=SOFT))
    ends = [f"{c[-1][1]:.0%}" if c else "none" for c in curves]
    return drawn, f"{label}: {ends[0]} with A, {ends[1]} with B by the end"
