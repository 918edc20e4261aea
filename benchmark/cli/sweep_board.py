"""A sweep in a terminal, 80 columns wide."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from shamcrowd.benchmark.cli.tables import WIDTH, add_row, decimal, new_table, show_table
from shamcrowd.benchmark.cli.terminal import quoted, say, styled
from shamcrowd.benchmark.scoring.conditions import conditions

if TYPE_CHECKING:
    from shamcrowd.benchmark.suites.sweep import SweepScores

NAME, CELL = 17, 6


def show_sweep(scores: SweepScores) -> None:
    """Print each headline metric by the knob's value, and the area under the curve."""
    from shamcrowd.benchmark.reports.closed_loop.closed_loop_pages import SWEPT
    from shamcrowd.benchmark.scoring.metrics.registry import metrics

    say(textwrap.fill(f"{scores.title} ({scores.scenario}): {scores.knob}", WIDTH))
    room = (WIDTH - NAME - CELL - 1) // CELL
    many = len(scores.values)
    # Too many values for a line: the first, the last and some between them.
    some = sorted({round(n * (many - 1) / (room - 1)) for n in range(room)}) if many > room else []
    shown = some or list(range(many))
    for name in SWEPT:
        say(styled(f"\n{metrics()[name].title}", bold=True))
        heads = [f"{scores.values[p]:g}"[: CELL - 1] for p in shown]
        table = new_table("", *heads, "area", right=True, name_width=NAME - 1, gap=1)
        for d in scores.detectors:
            if d.status != "ok":
                continue
            curve = d.curves[name]
            cells = [curve.points[p].value for p in shown] + [curve.area.value]
            add_row(table, d.name, *map(decimal, cells))
        show_table(table)
    say()
    if some:
        say(f"{len(shown)} of {many} values shown; all are in the page and the JSON.")
    for line in conditions(scores.seal, scores.secret):
        say(textwrap.fill(line, WIDTH))
    if len(scores.seeds) < 5:
        say("Fewer than 5 seeds: no intervals, and no ranking to rely on.")
    for d in scores.detectors:
        if d.status != "ok":
            say(styled(f"{d.name} {d.status}", fg="red") + f": {quoted(d.error)}")
