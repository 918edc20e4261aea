"""Writes the explorer: one file that opens from disk and fetches nothing.

Its data are packed columns that the browser inflates; its script, built from ``browser/``, may be
the only one to run, by its digest in the page's content security policy. Without scripts the page
is that of the recording.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from shamcrowd.benchmark.reports.explorer.explored_folder import ExploredFolder
from shamcrowd.benchmark.reports.explorer.explorer_data import explorer_data
from shamcrowd.benchmark.reports.explorer.request_rows import MOST
from shamcrowd.benchmark.reports.recording.recording_page import TEMPLATES as RECORDING
from shamcrowd.benchmark.reports.recording.recording_page import ExtraSection, page_values
from shamcrowd.benchmark.reports.rendering import render
from shamcrowd.recording.atomic import write_text

TEMPLATES = Path(__file__).parent / "templates"
ASSETS = Path(__file__).parent / "assets"
"""What `npm run build` makes of ``browser/``; the style sheet is taken from it as all are."""


def write_explorer(
    found: ExploredFolder,
    path: Path,
    *,
    with_truth: bool = True,
    most: int = MOST,
    cards: Sequence[ExtraSection] = (),
) -> None:
    """Write the explorer of a recording to ``path``, in one step.

    Args:
        found: the recording, and a run's findings on it.
        path: the page.
        with_truth: whether the page is to hold the truth, if there is one.
        most: requests that it holds at most; of more, an even sample.
        cards: further sections of the page that is shown without scripts.

    Raises:
        RecordingError: if a table cannot be read or is not as it was written.
    """
    data = explorer_data(found, with_truth=with_truth, most=most)
    script = (ASSETS / "explorer.js").read_text("utf-8")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode("ascii")
    template = "explorer_sealed.html.j2"
    values: dict[str, Any] = {"manifest": data.manifest, "title": "Explorer"}
    if data.truth is not None:
        template, values = "explorer.html.j2", page_values(data.truth, cards)
    values |= {
        "columns": data.columns, "packed": data.about, "script": script, "digest": digest,
    }  # fmt: skip
    write_text(path, render(template, TEMPLATES, RECORDING, ASSETS, **values))
