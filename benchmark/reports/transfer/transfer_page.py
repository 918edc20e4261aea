"""The page of ``shamcrowd transfer``."""

from __future__ import annotations

from pathlib import Path

from shamcrowd.benchmark.reports.rendering import render
from shamcrowd.benchmark.reports.transfer.rows import headline, pair_of, rows, titles
from shamcrowd.benchmark.transfer.ranks import OVER
from shamcrowd.benchmark.transfer.transfer import TransferResult
from shamcrowd.recording.atomic import write_text

TEMPLATES = Path(__file__).parent / "templates"


def write_transfer_page(result: TransferResult, path: Path) -> None:
    """Write the page to ``path``, in one step. Same results, same bytes.

    Raises:
        UsageError: if it cannot be written there.
    """
    html = render(
        "transfer.html.j2",
        TEMPLATES,
        result=result,
        headline=headline(result),
        interval=OVER,
        titles={one.name: titles(one) for one in result.sets},
        rows={one.name: rows(one) for one in result.sets},
        pair_of=pair_of,
    )
    write_text(path, html)
