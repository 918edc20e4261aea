"""A sweep in a terminal, 80 columns wide."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from shamcrowd.benchmark.suites.sweep import SweepScores

WIDTH = 80
NAME, CELL = 17, 6


def show_sweep(scores: SweepScores) -> None:
    """Each headline metric by the knob's value, and the area under the curve."""
    from shamcrowd.benchmark.reports.closed_loop.closed_loop_pages import SWEPT
    from shamcrowd.benchmark.scoring.metrics.registry import metrics

    click.echo(textwrap.fill(f"{scores.title} ({scores.scenario}): {scores.knob}", WIDTH))
    room = (WIDTH - NAME - CELL - 1) // CELL
    many = len(scores.values)
    # Too many values for a line: the first, the last and some between them.
    some = sorted({round(n * (many - 1) / (room - 1)) for n in range(room)}) if many > room else []
    places = some or list(range(many))
    for name in SWEPT:
        click.echo(click.style(f"\n{metrics()[name].title}", bold=True))
        heads = [f"{scores.values[p]:g}"[: CELL - 1] for p in places]
        click.echo(" " * NAME + "".join(h.rjust(CELL) for h in heads) + "   area")
        for d in scores.detectors:
            if d.status != "ok":
                continue
            curve = d.curves[name]
            cells = [curve.points[p].value for p in places] + [curve.area.value]
            told = ["–" if v is None else f"{round(v, 3) + 0.0:.3f}" for v in cells]
            line = "".join(t.rjust(CELL) for t in told[:-1]) + told[-1].rjust(CELL + 1)
            click.echo(d.name[: NAME - 1].ljust(NAME) + line)
    click.echo()
    if some:
        click.echo(f"{len(places)} of {many} values shown; all are in the page and the JSON.")
    if len(scores.seeds) < 5:
        click.echo("Fewer than 5 seeds: no intervals, and no ranking to rely on.")
    for d in scores.detectors:
        if d.status != "ok":
            click.echo(click.style(f"{d.name} {d.status}", fg="red") + f": {d.error}")
