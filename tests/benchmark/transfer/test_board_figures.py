"""Figures of a board: of the published page, or of a bench's folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from shamcrowd.benchmark.transfer.board_figures import PAGE, read_board
from shamcrowd.recording.errors import UsageError

ROOT = Path(__file__).parents[3]
TEXT = """# A title (core-v9)

Figures of version 9.

## Leaderboard

|  | campaign recall |
| --- | --: |
| **fusion** | 0.860 (0.851 to 0.867)<br>leads |

## By scenario

### one-v2

Words.

|  | campaign recall | recall at 0.1 % false positives | damage prevented | x ↓ |
| --- | --: | --: | --: | --: |
| co-action | 0.100 (0.000 to 0.200) | -0.250 | — | 0.300 |
| *oracle* | 1.000 | 1.000 | 0.900 | 0.000 |

### two-v2

|  | campaign recall |
| --- | --: |
| co-action | 0.300 |
"""


def test_a_page(tmp_path):
    (tmp_path / "board.md").write_text(TEXT)
    for place in (tmp_path, tmp_path / "board.md"):
        found = read_board(place)
        assert found.what == "A title (core-v9)"
        assert found.notes == "Figures of version 9."
        assert found.figures["campaign-recall"]["co-action"] == {"one-v2": 0.1, "two-v2": 0.3}
        assert found.figures["recall-at-0-1-percent"]["co-action"] == {"one-v2": -0.25}
        assert set(found.figures) == {"campaign-recall", "recall-at-0-1-percent"}


def test_the_published_page_can_be_read():
    assert PAGE == ROOT / "docs/board.md"
    found = read_board(PAGE)
    figures = found.figures["recall-at-0-1-percent"]
    assert {"fusion", "shared-resources", "random"} <= set(figures)
    scenarios = {len(by_scenario) for by_scenario in figures.values()}
    assert len(scenarios) == 1
    assert scenarios.pop() > 10


@pytest.mark.parametrize("text", [None, "# Nothing\n\nno table\n", "### one\n\n| a |\n"])
def test_a_page_without_figures_is_refused(text, tmp_path):
    if text is not None:
        (tmp_path / "board.md").write_text(text)
    with pytest.raises(UsageError, match="shamcrowd bench SUITE"):
        read_board(tmp_path)
