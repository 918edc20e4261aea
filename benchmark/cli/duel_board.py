"""A duel in a terminal, 80 columns wide."""

from __future__ import annotations

import textwrap
from itertools import groupby
from typing import TYPE_CHECKING

from shamcrowd.benchmark.cli.tables import WIDTH, add_group, add_row, new_table, show_table
from shamcrowd.benchmark.cli.terminal import quoted, say, styled
from shamcrowd.benchmark.scoring.conditions import conditions

if TYPE_CHECKING:
    from shamcrowd.benchmark.closed_loop.duel import DuelCell, DuelScores

SHOWN = ("deterrence-ratio", "damage-held", "people-hurt")
NAME, WIDE_NAME = 18, 30
"""Columns for what names a row: of one response, of several."""


def show_duel(scores: DuelScores) -> None:
    """Print a matrix for each headline figure, with intervals where there are any."""
    from shamcrowd.benchmark.charts.formatting import quantity
    from shamcrowd.benchmark.closed_loop.figures.registry import figures
    from shamcrowd.benchmark.reports.closed_loop.response_findings import response_findings

    answers = f"response{'s' if len(scores.responses) > 1 else ''} {', '.join(scores.responses)}"
    say(textwrap.fill(f"{scores.title} ({scores.scenario}, {answers})", WIDTH))
    for line in response_findings(scores):
        say(textwrap.fill(line, WIDTH))
    known = figures()
    longest = max(len(scores.label(*row)) for row in scores.rows)
    name_width = NAME if longest <= NAME else WIDE_NAME
    wide = max((WIDTH - name_width) // len(scores.strategies), 9)
    # Strategies that do not fit into one line follow in a table of their own.
    per = max((WIDTH - name_width) // wide, 1)
    for name in SHOWN:
        unit = known[name].unit
        undefended = scores.bare[name].value
        aside = "" if undefended is None else f", {quantity(undefended, unit)} undefended"
        say(styled(f"\n{known[name].title}{aside}", bold=True))
        for first in range(0, len(scores.strategies), per):
            some = scores.strategies[first : first + per]
            table = new_table("", *some, right=True, name_width=name_width)
            for row in scores.rows:
                cells = [scores.cell(*row, s) for s in some]
                add_row(table, scores.label(*row), *(_value(cell, name, unit) for cell in cells))
                ranges = [_range(c.figures.get(name), unit) for c in cells]
                if any(ranges):
                    add_row(table, "", *ranges)
            show_table(table)
    _show_levers(scores)
    say()
    for line in conditions(scores.seal, scores.secret):
        say(textwrap.fill(line, WIDTH))
    if len(scores.seeds) < 5:
        say("Fewer than 5 seeds: no intervals, and no ranking to rely on.")
    for c in scores.cells:
        if c.status != "ok":
            name = scores.label(c.detector, c.response)
            head = styled(f"{name} against {c.strategy} {c.status}", fg="red")
            say(head + f": {quoted(c.error)}")


def _show_levers(scores: DuelScores) -> None:
    """Print what levers refused, by kind of thing and network."""
    from shamcrowd.benchmark.charts.formatting import quantity
    from shamcrowd.benchmark.closed_loop.lever_totals import levers_of

    rows = [(row, total) for row in scores.rows for total in levers_of(scores, row)]
    if not rows:
        return
    say(styled("\nwhat levers refused, all strategies and seeds", bold=True))
    heads = ("levers", "shams", "people", "people\nper sham", "moved\naway")
    table = new_table("", *heads, right=True, name_width=WIDE_NAME)
    for row, each in groupby(rows, key=lambda pair: pair[0]):
        add_group(table, scores.label(*row))
        for _, total in each:
            counts = (f"{n:,}" for n in (total.levers, total.shams, total.people))
            ratio, away = quantity(total.per_sham, "ratio"), quantity(total.moved_away, "hours")
            add_row(table, f" {total.title}", *counts, ratio, away)
    show_table(table)


def _value(cell: DuelCell, name: str, unit: str) -> str:
    from shamcrowd.benchmark.charts.formatting import quantity

    return quantity(cell.figures[name].value, unit) if cell.status == "ok" else cell.status


def _range(measured: object, unit: str) -> str:
    from shamcrowd.benchmark.charts.formatting import quantity_interval
    from shamcrowd.benchmark.scoring.scores import Measurement

    if not isinstance(measured, Measurement):
        return ""
    return quantity_interval(measured, unit).replace(" to ", "–").replace(" %", "")
