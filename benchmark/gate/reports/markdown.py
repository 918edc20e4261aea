"""A check as Markdown, short enough for a step summary."""

from __future__ import annotations

from shamcrowd.benchmark.gate.reports.formatting import TITLES, change
from shamcrowd.benchmark.gate.verdict import FigureChange, Verdict
from shamcrowd.recording.plain_text import markdown_code, markdown_text

MOST_BYTES = 60_000
"""GitHub cuts a comment at 64 kB."""
WORST, OTHERS = 10, 5
_TEXT = 600


def markdown(verdict: Verdict) -> str:
    """The verdict, the ten worst figures and other changes as Markdown; at most 60 kB."""
    counts = verdict.counts
    shown = ", ".join(f"{many} {kind}" for kind, many in counts.items() if many) or "none"
    parts = [
        f"## {_cell(verdict.line)}",
        f"Suite {markdown_code(verdict.suite)}. Figures: {shown}.",
    ]
    parts += [_cell(line) for line in verdict.conditions]
    if verdict.failed:
        rows = [f"- {_name(s, d)}: {_cell(e)}" for s, d, e in verdict.failed[:WORST]]
        parts.append("### Did not run\n\n" + "\n".join(rows) + _more(len(verdict.failed), WORST))
    if verdict.refused:
        rows = [
            f"- {markdown_code(scenario)}: {_cell(why)}"
            for scenario, why in verdict.refused[:WORST]
        ]
        more = _more(len(verdict.refused), WORST)
        parts.append("### Not compared\n\n" + "\n".join(rows) + more)
    worst = [e for e in verdict.bad if e.kind == "worse"]
    parts += _table("worse", worst, WORST)
    for kind in ("missing", "improved", "new"):
        found = [e for e in verdict.entries if e.kind == kind]
        parts += _table(kind, sorted(found, key=lambda e: (e.loss, e.name)), OTHERS)
    if verdict.exit_code in (1, 2) or counts["new"] or counts["improved"]:
        parts.append(
            f"If this is intended, run {markdown_code(verdict.update)} and commit the change."
        )
    text = "\n\n".join(parts) + "\n"
    cut = text.encode()[:MOST_BYTES]
    return cut.decode("utf-8", "ignore")


def _table(kind: str, entries: list[FigureChange], most: int) -> list[str]:
    if not entries:
        return []
    head = "| scenario | detector | metric | |\n|---|---|---|---|\n"
    rows = "\n".join(
        f"| {_cell(e.scenario)} | {_cell(e.detector)} | {_cell(e.metric)} | {_cell(change(e))} |"
        for e in entries[:most]
    )
    return [f"### {TITLES[kind]}\n\n{head}{rows}{_more(len(entries), most)}"]


def _more(many: int, most: int) -> str:
    return f"\n\n… and {many - most} more" if many > most else ""


def _name(scenario: str, detector: str) -> str:
    where = markdown_code(scenario)
    return f"{markdown_code(detector)} on {where}" if detector else where


def _cell(text: str) -> str:
    return markdown_text(text, _TEXT)
