"""The page of the format is that of the schema."""

from pathlib import Path

import pytest

from shamcrowd.recording.format_page import format_page
from shamcrowd.recording.schema import TABLES
from shamcrowd.recording.truth_schema import TRUTH_TABLES

PAGE = Path(__file__).parents[2] / "docs" / "recording-format.md"


def test_is_up_to_date():
    assert PAGE.read_text("utf-8") == format_page(), "run `make docs`"


@pytest.mark.parametrize("table", [*TABLES.values(), *TRUTH_TABLES.values()], ids=lambda t: t.name)
def test_describes_every_column(table):
    section = format_page().split(f"\n## {table.name}\n")[1].split("\n## ")[0]
    for column in table.columns:
        assert f"| `{column.name}` |" in section
        assert column.meaning in section
