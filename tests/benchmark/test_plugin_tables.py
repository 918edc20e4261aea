"""The tables of plug-ins in the documents are what discovery says."""

from __future__ import annotations

from pathlib import Path

import pytest

from shamcrowd.benchmark.plugin_tables import MARKED, PAGES, with_tables, write

DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.parametrize("page", PAGES)
def test_the_tables_agree_with_the_code(page):
    text = (DOCS / page).read_text("utf-8")
    assert tuple(m["kind"] for m in MARKED.finditer(text)) == PAGES[page]
    assert text == with_tables(text), "make docs"


def test_writing_again_changes_tables_alone(tmp_path):
    cheap = ("worlds.md", "strategies.md")
    for page in cheap:
        text = (DOCS / page).read_text("utf-8")
        (tmp_path / page).write_text(MARKED.sub(r"\g<head>gone\n\g<tail>", text), "utf-8")
    write(tmp_path, cheap)
    for page in cheap:
        assert (tmp_path / page).read_text("utf-8") == (DOCS / page).read_text("utf-8")
