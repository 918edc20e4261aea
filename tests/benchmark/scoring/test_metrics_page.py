"""docs/metrics.md is what the registry makes."""

from __future__ import annotations

from pathlib import Path

from shamcrowd.benchmark.scoring.metrics.registry import metrics
from shamcrowd.benchmark.scoring.metrics_page import page

PAGE = Path(__file__).parents[3] / "docs" / "metrics.md"


def test_the_page_is_made_from_the_registry():
    assert PAGE.read_text("utf-8") == page(), "make docs"


def test_every_metric_says_its_range_its_direction_and_its_source():
    sections = page().split("\n## ")[1:]
    assert len(sections) == len(metrics())
    for section, name in zip(sections, metrics(), strict=True):
        assert f"`{name}`. Range " in section
        assert " is better" in section
        assert "Source:" in section or "https://" in section
