"""Detection over time: the share of sham accounts flagged so far, a panel per detector."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from shamcrowd.benchmark.charts.critical_difference import ACCENT, SOFT, frame
from shamcrowd.benchmark.comparison.runs import Pair
from shamcrowd.benchmark.scoring.scores import DetectorScores

PANEL, TALL, GAP = 230, 130, 26
LEFT, TOP, ACROSS = 38, 46, 3
BEFORE = "#b05a1a"
HOURS_PER_DAY = 24
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


def detection_chart(scenario: str, pairs: Sequence[tuple[str, Pair]]) -> str:
    """SVG for one scenario: A dashed orange, B solid blue; detectors by name."""
    across = min(ACROSS, len(pairs))
    down = -(-len(pairs) // ACROSS)
    width = max(LEFT + across * (PANEL + GAP), 420)
    height = TOP + down * (TALL + 52)
    parts = [
        f'<text x="{LEFT}" y="14" font-weight="600">{escape(scenario)}: share of sham accounts '
        "flagged, by day</text>",
        f'<path d="M{LEFT} 27h22" stroke="{BEFORE}" stroke-width="2" stroke-dasharray="5 3"/>'
        f'<text x="{LEFT + 28}" y="31">A</text>',
        f'<path d="M{LEFT + 52} 27h22" stroke="{ACCENT}" stroke-width="2"/>'
        f'<text x="{LEFT + 80}" y="31">B</text>',
    ]
    ends = []
    for number, (label, pair) in enumerate(pairs):
        x = LEFT + (number % ACROSS) * (PANEL + GAP)
        y = TOP + (number // ACROSS) * (TALL + 52) + 18
        made, end = _panel(label, pair, x, y, bool(number % ACROSS))
        parts += made
        ends.append(end)
    return frame(width, height, f"{scenario}: {'; '.join(ends)}", parts)


def _panel(label: str, pair: Pair, x: float, y: float, bare: bool) -> tuple[list[str], str]:
    """One detector's panel, and where its curves end, in words."""
    curves = [detection_curve(d, pair.seeds) for d in (pair.a, pair.b)]
    last = max((c[-1][0] for c in curves if c), default=0.0)
    parts = [f'<text x="{x}" y="{y - 6}">{escape(label)}</text>']
    if not last:
        parts.append(f'<text x="{x}" y="{y + 20}" fill="{SOFT}">no campaign</text>')
        return parts, f"{label}: no campaign"
    for share in (0, 0.5, 1):
        at = y + TALL * (1 - share)
        parts.append(f'<path d="M{x} {at:g}h{PANEL}" stroke="{SOFT}" stroke-opacity=".35"/>')
        if not bare:
            parts.append(
                f'<text x="{x - 5}" y="{at + 4:g}" text-anchor="end" fill="{SOFT}">'
                f"{share:.0%}</text>"
            )
    styles = (f'stroke="{BEFORE}" stroke-dasharray="5 3"', f'stroke="{ACCENT}"')
    for curve, style in zip(curves, styles, strict=True):
        points = [(x, y + TALL)]
        for hours, share in curve:
            # Flags come at reviews: the line steps.
            at = x + PANEL * hours / last
            points += [(at, points[-1][1]), (at, y + TALL * (1 - share))]
        line = "L".join(f"{px:.1f} {py:.1f}" for px, py in points)
        parts.append(f'<path d="M{line}" fill="none" stroke-width="2" {style}/>')
    parts.append(
        f'<text x="{x}" y="{y + TALL + 15}" fill="{SOFT}">day 0</text>'
        f'<text x="{x + PANEL}" y="{y + TALL + 15}" text-anchor="end" fill="{SOFT}">'
        f"day {last / HOURS_PER_DAY:g}</text>"
    )
    told = [f"{c[-1][1]:.0%}" if c else "none" for c in curves]
    return parts, f"{label}: {told[0]} with A, {told[1]} with B by the end"
