"""A dossier as data and as Markdown."""

from __future__ import annotations

import json
from typing import Any

from shamcrowd.benchmark.charts.formatting import moment
from shamcrowd.benchmark.own_logs.explain.model import Dossier, FigureTable, Number, Point, Section
from shamcrowd.benchmark.own_logs.explain.queries import FINDINGS
from shamcrowd.benchmark.reports.dossier.shown import cells, shown
from shamcrowd.recording.counting import counted
from shamcrowd.recording.plain_text import markdown_code, markdown_text

RUN = (
    "Start DuckDB in the recording's folder"
    f" (SET file_search_path = '.,FOLDER OF THIS FILE' where there is a {FINDINGS}),"
    " run the statements of setup, then any query."
)
MOST_ROWS = 100
"""Rows of a listing in Markdown and on the page; the data has all."""


def as_json(dossier: Dossier) -> str:
    """All of it, each number and table with the query that gives it."""
    return json.dumps(_plain(dossier), indent=1) + "\n"


def _plain(dossier: Dossier) -> dict[str, Any]:
    return {
        "dossier": 1,
        "asked": dossier.asked, "title": dossier.title,
        "recording": {"scenario": dossier.scenario, "fingerprint": dossier.fingerprint,
                      "synthetic": dossier.synthetic},
        "as_of": dossier.as_of,
        "accounts": dossier.accounts, "accounts_in_log": dossier.everybody,
        "run": RUN, "setup": list(dossier.setup),
        "sections": [_section(section, dossier) for section in dossier.sections],
    }  # fmt: skip


def _section(section: Section, dossier: Dossier) -> dict[str, Any]:
    held: dict[str, Any] = {
        "name": section.name, "title": section.title, "text": list(section.text),
        "numbers": [_number(n) for n in section.numbers],
        "listings": [_listing(one, dossier) for one in section.listings],
    }  # fmt: skip
    if section.points:
        held["points"] = [_point(point) for point in section.points]
    if section.parts:
        held["parts"] = [_section(part, dossier) for part in section.parts]
    return held


def _number(number: Number) -> dict[str, Any]:
    return {"label": number.label, "value": number.value, "unit": number.unit, "sql": number.sql,
            "note": number.note}  # fmt: skip


def _point(point: Point) -> dict[str, Any]:
    everybody = None if point.everybody is None else _number(point.everybody)
    return {"side": point.side, "rule": point.rule, "group": _number(point.number),
            "all_accounts": everybody}  # fmt: skip


def _listing(listing: FigureTable, dossier: Dossier) -> dict[str, Any]:
    held: dict[str, Any] = {
        "title": listing.title, "columns": [c.title for c in listing.columns],
        "units": [c.unit for c in listing.columns], "rows": [list(row) for row in listing.rows],
        "sql": listing.sql, "note": listing.note,
    }  # fmt: skip
    if dossier.names and listing.named:
        held["shown"] = cells(listing, dossier)
    return held


def as_markdown(dossier: Dossier) -> str:
    """All of it but the queries, which are in the JSON file."""
    parts = [
        f"# {markdown_text(dossier.title)}: who else, and why",
        f"{dossier.accounts:,} of {counted(dossier.everybody, 'account')} of the log "
        f"{markdown_code(dossier.scenario)} (fingerprint "
        f"{markdown_code(dossier.fingerprint)}), up to "
        f"{moment(dossier.as_of)}. The queries behind all figures are in the JSON file.",
    ]
    for section in dossier.sections:
        parts += _in_markdown(section, dossier, 2)
    return "\n\n".join(parts) + "\n"


def _in_markdown(section: Section, dossier: Dossier, depth: int) -> list[str]:
    parts = [f"{'#' * depth} {markdown_text(section.title)}"]
    if section.name in ("next", "not-recorded"):
        parts += ["\n".join(f"- {markdown_text(line)}" for line in section.text)]
    else:
        parts += [markdown_text(line) for line in section.text]
    if section.numbers:
        rows = [[n.label, shown(n.value, n.unit)] for n in section.numbers]
        parts.append(_table(["figure", "value"], rows))
        parts += [
            f"*{markdown_text(n.label)}*: {markdown_text(n.note)}"
            for n in section.numbers
            if n.note
        ]
    if section.points:
        rows = [
            [p.side, p.number.label, shown(p.number.value, p.number.unit),
             shown(p.everybody.value, p.everybody.unit) if p.everybody else "",
             p.number.note or p.rule]
            for p in section.points
        ]  # fmt: skip
        parts.append(_table(["speaks", "figure", "group", "all accounts", "rule"], rows))
    for listing in section.listings:
        parts.append(f"**{markdown_text(listing.title)}**")
        rows = cells(listing, dossier)
        parts.append(_table([c.title for c in listing.columns], rows[:MOST_ROWS]))
        if len(rows) > MOST_ROWS:
            parts.append(
                f"{counted(len(rows) - MOST_ROWS, 'more row is', 'more rows are')} in the "
                "JSON file."
            )
        if listing.note:
            parts.append(markdown_text(listing.note))
    for part in section.parts:
        parts += _in_markdown(part, dossier, depth + 1)
    return parts


def _table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(markdown_text(c) for c in line) + " |" for line in lines)
