"""A time line: one row of bars for each kind of event, by day."""

from __future__ import annotations

import datetime as dt

from shamcrowd.benchmark.charts.canvas import picture, rectangle, rule, short, text
from shamcrowd.benchmark.own_logs.explain.model import FigureTable

LEFT, RIGHT, ROW, TOP = 128, 346, 30, 8
MOST_DAYS = 120
"""Days that are drawn, the last ones: what lay long before is in the table."""


def days_chart(days: FigureTable) -> str:
    """SVG: of a listing with a day in the first column, a row of bars for each other column."""
    if not days.rows:
        return ""
    begin, end = (dt.date.fromisoformat(str(days.rows[at][0])) for at in (0, -1))
    begin = max(begin, end - dt.timedelta(days=MOST_DAYS - 1))
    span = (end - begin).days + 1
    width = (RIGHT - LEFT) / span
    drawn, captions = [], []
    rows = [(dt.date.fromisoformat(str(row[0])), row) for row in days.rows]
    for number, column in enumerate(days.columns[1:]):
        floor = TOP + ROW * (number + 1) - 6
        counts = [(day, float(row[number + 1] or 0)) for day, row in rows if day >= begin]
        most = max(many for _, many in counts)
        drawn.append(text(LEFT - 6, floor - 4, column.title, "end"))
        drawn.append(rule(LEFT, floor, RIGHT, floor))
        for day, many in counts:
            if many:
                height = max((ROW - 12) * many / most, 1.0)
                at = LEFT + (day - begin).days * width
                drawn.append(rectangle(at, floor - height, max(width * 0.8, 0.6), height, "own"))
        if most:
            drawn.append(text(RIGHT, floor - ROW + 14, short(most), "end", "tick most"))
        captions.append(f"{column.title}: {short(most)} a day at most")
    bottom = TOP + ROW * (len(days.columns) - 1)
    for day, anchor in ((begin, "start"), (end, "end")):
        at = LEFT if anchor == "start" else RIGHT
        drawn.append(text(at, bottom + 10, f"{day.day} {day:%b %Y}", anchor))
    return picture("days", bottom + 16, "The group, day by day", "; ".join(captions) + ".", drawn)
