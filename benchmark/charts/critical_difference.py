"""Critical-difference diagram: mean ranks on a line, bars joining detectors that do not differ."""

from __future__ import annotations

import math

from shamcrowd.benchmark.charts.canvas import ACCENT, SOFT, drawing, path, text
from shamcrowd.benchmark.comparison.ranking import LEVEL, Ranking
from shamcrowd.recording.counting import counted

WIDTH = 640
SIDE = 170
ROW, TOP, BAR = 20, 46, 9
MIDDLE = WIDTH / 2


def ranks_chart(ranking: Ranking, title: str) -> str:
    """SVG of a ranking that was tested; without ranks it says why there are none.

    Bars join neighbours of which no two differ at 5 % by Wilcoxon's test with Holm's adjustment,
    pair by pair. One critical distance for all pairs would depend on which other detectors are
    compared.

    Source: Demsar 2006, figure 1; Benavoli et al. 2016 (https://arxiv.org/abs/1505.02288).
    """
    if not ranking.ranks:
        words = f"{title}: {ranking.reason}"
        return drawing(WIDTH, 40, words, [text(MIDDLE, 24, words, "middle", "")])
    names = list(ranking.ranks)
    last = len(names)
    left = math.ceil(last / 2)
    base = TOP + 14 + BAR * max(len(ranking.alike), 1)
    height = base + ROW * max(left, 1) + 24

    def x(rank: float) -> float:
        return SIDE + (WIDTH - 2 * SIDE) * (rank - 1) / max(last - 1, 1)

    head = f"{title}: mean rank over {counted(ranking.scenarios, 'scenario')}"
    drawn = [
        text(MIDDLE, 14, head, "middle", "", font_weight=600),
        path(f"M{x(1):.1f} {TOP}H{x(last):.1f}", stroke="currentColor"),
    ]
    for tick in range(1, last + 1):
        drawn.append(path(f"M{x(tick):.1f} {TOP - 5}V{TOP}", stroke="currentColor"))
        drawn.append(text(x(tick), TOP - 9, str(tick), "middle", "", fill=SOFT))
    for number, group in enumerate(ranking.alike):
        y = TOP + 8 + BAR * number
        ends = [x(ranking.ranks[n]) for n in (group[0], group[-1])]
        bar = f"M{ends[0] - 3:.1f} {y}H{ends[1] + 3:.1f}"
        drawn.append(path(bar, "alike", stroke=ACCENT, stroke_width=4))
    for position, name in enumerate(names):
        on_left = position < left
        down = base + ROW * (position if on_left else last - 1 - position) + ROW / 2
        rank = ranking.ranks[name]
        end, anchor, away = (SIDE - 10, "end", -4) if on_left else (WIDTH - SIDE + 10, "start", 4)
        elbow = f"M{x(rank):.1f} {TOP}V{down:.1f}H{end}"
        drawn.append(path(elbow, fill="none", stroke="currentColor", stroke_width=0.8))
        drawn.append(text(end + away, down + 4, name, anchor, "", note=f"{rank:.2f}"))
    foot = ranking.reason or (
        f"joined: no difference at {LEVEL:.0%} (Wilcoxon, Holm)" if ranking.alike
        else f"all differ at {LEVEL:.0%} (Wilcoxon, Holm)"
    )  # fmt: skip
    drawn.append(text(MIDDLE, height - 6, foot, "middle", "", fill=SOFT))
    ranks = ", ".join(f"{n} {r:.2f}" for n, r in ranking.ranks.items())
    words = f"Mean ranks by {title} over {counted(ranking.scenarios, 'scenario')}: {ranks}"
    return drawing(WIDTH, height, words, drawn)
