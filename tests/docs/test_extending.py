"""The classes shown on the page about plug-ins are those that ``shamcrowd new`` writes."""

from __future__ import annotations

import re

import pytest

from shamcrowd.benchmark.cli.scaffold.writing import write
from tests.docs.pages import ROOT, tokens

PAGE = (ROOT / "docs" / "extending.md").read_text("utf-8")
BLOCKS = [token.content for token in tokens(PAGE) if token.type == "fence"]
CLASSES = [block for block in BLOCKS if block.startswith("class ")]
KINDS = {"Population": "population", "Working": "tactic", "Metric": "metric"}


def test_classes_are_found():
    assert len(CLASSES) >= 2


@pytest.mark.parametrize("shown", CLASSES, ids=lambda block: block.partition("(")[0])
def test_the_page_shows_what_new_writes(shown, tmp_path):
    name, base = re.match(r"class (\w+)\((\w+)\):", shown).groups()
    words = "-".join(re.findall("[A-Z][a-z]*", name)).lower()
    written = write(KINDS[base], words, None, tmp_path).plugin.read_text("utf-8")
    assert written.endswith(f"\n\n{shown}")
    assert f"shamcrowd new {KINDS[base]} {words}" in re.sub(" +", " ", PAGE)
