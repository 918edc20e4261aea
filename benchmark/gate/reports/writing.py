"""Writes reports; the file extension selects the format."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from shamcrowd.benchmark.gate.reports.data import data
from shamcrowd.benchmark.gate.reports.junit import junit
from shamcrowd.benchmark.gate.reports.markdown import markdown
from shamcrowd.benchmark.gate.reports.web import web
from shamcrowd.benchmark.gate.verdict import Verdict
from shamcrowd.recording.atomic import check_place, write_text
from shamcrowd.recording.errors import UsageError

FORMS: dict[str, Callable[[Verdict], str]] = {
    ".md": markdown, ".xml": junit, ".html": web, ".json": data,
}  # fmt: skip


def checked_endings(paths: Sequence[Path]) -> None:
    """Refuse an unknown report format before the suite is run.

    Raises:
        UsageError: naming the first path that no file can be written to, or with another extension.
    """
    for path in paths:
        if path.suffix not in FORMS:
            raise UsageError(
                f"-o {path}: the file extension selects the report format: "
                f"{', '.join(FORMS)} (Markdown, JUnit, HTML, JSON)"
            )
        check_place(path)


def write_reports(verdict: Verdict, paths: Sequence[Path]) -> None:
    """Write one report for each path."""
    for path in paths:
        write_text(path, FORMS[path.suffix](verdict))
