"""Critical-difference diagram: mean ranks on a line, bars under those who do not differ."""

from __future__ import annotations

import math
from html import escape

from shamcrowd.benchmark.comparison.ranking import LEVEL, Ranking

WIDTH = 640
SIDE = 170
ROW, TOP, BAR = 20, 46, 9
INK, SOFT, ACCENT = "#1d2430", "#5c6675", "#1f5f8b"


def ranks_chart(ranking: Ranking, title: str) -> str:
    """SVG of a ranking that was tested; without ranks it says why there are none.

    Bars join neighbours of whom no two differ at 5 % by Wilcoxon's test with Holm's adjustment,
    pair by pair, and not by one critical distance, which would hang on who else is there.

    Source: Demsar 2006, figure 1; Benavoli et al. 2016 (https://arxiv.org/abs/1505.02288).
    """
    if not ranking.ranks:
        return _empty(title, ranking.reason)
    names = list(ranking.ranks)
    last = len(names)
    left = math.ceil(last / 2)
    base = TOP + 14 + BAR * max(len(ranking.alike), 1)
    height = base + ROW * max(left, 1) + 24

    def x(rank: float) -> float:
        return SIDE + (WIDTH - 2 * SIDE) * (rank - 1) / max(last - 1, 1)

    told = ", ".join(f"{n} {r:.2f}" for n, r in ranking.ranks.items())
    text = f"Mean ranks by {title} over {ranking.scenarios} scenarios: {told}"
    parts = [
        f'<text x="{WIDTH / 2}" y="14" text-anchor="middle" font-weight="600">{escape(title)}: '
        f"mean rank over {ranking.scenarios} scenarios</text>",
        f'<path d="M{x(1):.1f} {TOP}H{x(last):.1f}" stroke="currentColor"/>',
    ]
    parts += [
        f'<path d="M{x(tick):.1f} {TOP - 5}V{TOP}" stroke="currentColor"/>'
        f'<text x="{x(tick):.1f}" y="{TOP - 9}" text-anchor="middle" fill="{SOFT}">{tick}'
        "</text>"
        for tick in range(1, last + 1)
    ]
    for number, group in enumerate(ranking.alike):
        y = TOP + 8 + BAR * number
        ends = [x(ranking.ranks[n]) for n in (group[0], group[-1])]
        parts.append(
            f'<path class="alike" d="M{ends[0] - 3:.1f} {y}H{ends[1] + 3:.1f}" '
            f'stroke="{ACCENT}" stroke-width="4"/>'
        )
    for place, name in enumerate(names):
        on_left = place < left
        row = place if on_left else last - 1 - place
        down = base + ROW * row + ROW / 2
        end, anchor = (SIDE - 10, "end") if on_left else (WIDTH - SIDE + 10, "start")
        at = x(ranking.ranks[name])
        parts.append(
            f'<path d="M{at:.1f} {TOP}V{down:.1f}H{end}" fill="none" stroke="currentColor" '
            f'stroke-width=".8"/><text x="{end + (-4 if on_left else 4)}" y="{down + 4:.1f}" '
            f'text-anchor="{anchor}">{escape(name)} '
            f'<tspan fill="{SOFT}">{ranking.ranks[name]:.2f}</tspan></text>'
        )
    foot = ranking.reason or (
        f"joined: no difference at {LEVEL:.0%} (Wilcoxon, Holm)" if ranking.alike
        else f"all differ at {LEVEL:.0%} (Wilcoxon, Holm)"
    )  # fmt: skip
    parts.append(
        f'<text x="{WIDTH / 2}" y="{height - 6}" text-anchor="middle" fill="{SOFT}">'
        f"{escape(foot)}</text>"
    )
    return frame(WIDTH, height, text, parts)


def _empty(title: str, reason: str) -> str:
    line = f"{title}: {reason}"
    text = f'<text x="{WIDTH / 2}" y="24" text-anchor="middle">{escape(line)}</text>'
    return frame(WIDTH, 40, line, [text])


def frame(width: float, height: float, text: str, parts: list[str]) -> str:
    """A drawing that stands alone; where it is inlined, CSS ``color`` sets its ink."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" '
        f'width="{width:g}" height="{height:g}" role="img" aria-label="{escape(text)}" '
        f'color="{INK}" fill="currentColor" font-family="system-ui, sans-serif" font-size="12">'
        f"<title>{escape(text)}</title>" + "".join(parts) + "</svg>"
    )
