"""The board's figures by detector and scenario: of a bench, or of the published page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from shamcrowd.benchmark.scoring.scores import Scores
from shamcrowd.benchmark.suites.result import NAME, SuiteResult
from shamcrowd.recording.errors import UnreadableError, UsageError
from shamcrowd.recording.json_file import MOST
from shamcrowd.recording.regular_file import read_bounded

PAGE = Path(__file__).resolve().parents[2] / "docs" / "board.md"
"""The published board, in a checkout."""
_MEND = "name the folder of a bench (shamcrowd bench SUITE --out DIR), or its board.md"
_CELL = re.compile(r"-?\d+\.\d+")
_TITLES = {
    "campaign recall": "campaign-recall",
    "recall at 0.1 % false positives": "recall-at-0-1-percent",
    "average precision": "average-precision",
    "recall at 1 % false positives": "recall-at-1-percent",
}


@dataclass(frozen=True)
class BoardFigures:
    """Figures of a board.

    Attributes:
        what: which board it is.
        notes: what it says of itself that a reader should know.
        figures: value by metric, detector and scenario.
    """

    what: str
    notes: str
    figures: Mapping[str, Mapping[str, Mapping[str, float]]]


def read_board(path: Path) -> BoardFigures:
    """Read the figures of a bench's folder, or of the page that it wrote.

    Raises:
        UsageError: if there are none.
        UnreadableError: if a file of the bench is damaged.
    """
    if path.is_dir() and (path / NAME).is_file():
        return _of_bench(path)
    if path.is_dir():
        path = path / "board.md"
    try:
        text = read_bounded(path, MOST).decode()
    except (UnreadableError, UnicodeError) as fault:
        raise UsageError(f"{path}: no board there ({fault}); {_MEND}") from None
    return _of_page(text, path)


def _of_bench(folder: Path) -> BoardFigures:
    result = SuiteResult.read(folder)
    found: dict[str, dict[str, dict[str, float]]] = {}
    for outcome in result.scenarios:
        if outcome.status != "ok" or not outcome.scores:
            continue
        for scored in Scores.read(folder / outcome.scores).detectors:
            for metric, measured in scored.metrics.items():
                if measured.value is not None:
                    by_detector = found.setdefault(metric, {}).setdefault(scored.name, {})
                    by_detector[outcome.scenario] = measured.value
    if not found:
        raise UsageError(f"{folder}: no scenario of the bench has scores; {_MEND}")
    return BoardFigures(f"suite {result.suite}", "", found)


def _of_page(text: str, path: Path) -> BoardFigures:
    """Tables below headings of scenarios: a detector a row, a metric a column."""
    found: dict[str, dict[str, dict[str, float]]] = {}
    scenario, columns = "", [""]
    lines = text.splitlines()
    for line in lines:
        if line.startswith("### "):
            scenario, columns = line[4:].strip(), []
        elif line.startswith("#"):
            scenario = ""
        elif scenario and line.startswith("|"):
            cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
            if not columns:
                columns = [_TITLES.get(cell.replace("↓", "").strip(), "") for cell in cells]
                continue
            for metric, cell in zip(columns[1:], cells[1:], strict=False):
                number = _CELL.match(cell)
                if metric and number:
                    of_detector = found.setdefault(metric, {}).setdefault(cells[0].strip("*"), {})
                    of_detector[scenario] = float(number[0])
    if not found:
        raise UsageError(f"{path}: holds no table of a scenario; {_MEND}")
    title = next((line[2:] for line in lines if line.startswith("# ")), path.name)
    paragraphs = [p for p in text.split("\n\n")[1:2] if "version" in p]
    return BoardFigures(title, " ".join(paragraphs), found)
