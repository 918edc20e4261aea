"""A check in a terminal, 80 columns wide; its last line is the verdict."""

from __future__ import annotations

import textwrap
from pathlib import Path

from shamcrowd.benchmark.cli.tables import WIDTH
from shamcrowd.benchmark.cli.terminal import quoted, say, styled
from shamcrowd.benchmark.gate.reports.formatting import change
from shamcrowd.benchmark.gate.verdict import NOTHING, PASSED, FigureChange, Verdict

MOST = 10


def show_verdict(verdict: Verdict) -> None:
    """Print what is to be known, and then the verdict in one line."""
    for scenario, detector, error in verdict.failed:
        head = f"{detector} on {scenario}" if detector else scenario
        say(styled(f"{head} did not run", fg="red") + f": {quoted(error)}")
    for scenario, why in verdict.refused:
        _say(f"{scenario} is not compared: {why}")
    _list("worse than allowed", [e for e in verdict.bad if e.kind == "worse"], "red")
    for kind, color in (("missing", "red"), ("improved", "green"), ("new", "blue")):
        _list(kind, [e for e in verdict.entries if e.kind == kind], color)
    for line in verdict.conditions:
        _say(line)
    show_line(verdict)


def show_line(verdict: Verdict) -> None:
    """The verdict."""
    code = verdict.exit_code
    color = "green" if code == PASSED else "yellow" if code == NOTHING else "red"
    say(styled(verdict.line, fg=color, bold=True))


def show_update(verdict: Verdict | None, path: Path) -> None:
    """What an update changed."""
    if verdict is not None:
        for scenario, why in verdict.refused:
            _say(f"{scenario}: {why.partition(';')[0]}; its figures were replaced")
        _list("worse than it was allowed", [e for e in verdict.bad if e.kind == "worse"], "red")
        for kind in ("missing", "improved", "new"):
            _list(kind, [e for e in verdict.entries if e.kind == kind], "blue")
    say(f"{path} written; review it and commit it")


def _list(title: str, entries: list[FigureChange], color: str) -> None:
    if not entries:
        return
    say(styled(f"{title}:", fg=color, bold=True))
    for entry in entries[:MOST]:
        _say(f"  {entry.detector}, {entry.metric}, {entry.scenario}: {change(entry)}")
    if len(entries) > MOST:
        say(f"  … and {len(entries) - MOST} more; -o report.html lists all")


def _say(text: str) -> None:
    say(textwrap.fill(text, WIDTH, subsequent_indent="    ", break_on_hyphens=False))
