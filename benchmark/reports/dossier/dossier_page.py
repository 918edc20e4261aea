"""The page of a dossier: no script, every number with the query that gives it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from shamcrowd.benchmark.own_logs.explain.model import Dossier
from shamcrowd.benchmark.reports.dossier.days_chart import days_chart
from shamcrowd.benchmark.reports.dossier.formats import MOST_ROWS, RUN
from shamcrowd.benchmark.reports.dossier.shown import cells, shown
from shamcrowd.benchmark.reports.rendering import render

FIRST_ROWS = 15
"""Rows of a table that are shown; the others are folded away."""
TEMPLATES = Path(__file__).parent / "templates"


def as_html(dossier: Dossier) -> str:
    """The page."""
    until = dt.datetime.fromtimestamp(dossier.as_of / 1000, dt.UTC)
    return render(
        "dossier.html.j2",
        TEMPLATES,
        filters=[shown],
        dossier=dossier,
        until=f"{until.day} {until:%B %Y, %H:%M} UTC",
        synthetic=dossier.synthetic,
        cells=cells,
        most=MOST_ROWS,
        first=FIRST_ROWS,
        run=RUN,
        chart=days_chart(dossier.section("timeline").listings[0]),
        lists=("next", "not-recorded"),
    )
