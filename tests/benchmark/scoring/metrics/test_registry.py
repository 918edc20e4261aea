"""Every file with a metric is found, and every metric says what the board needs."""

from __future__ import annotations

from pathlib import Path

import pytest

import shamcrowd.benchmark.scoring.metrics
from shamcrowd.benchmark.scoring.metrics.registry import FIRST, metrics

NO_METRIC = {"__init__", "base", "registry"}


def test_a_file_is_a_metric():
    files = {
        p.stem for p in Path(next(iter(shamcrowd.benchmark.scoring.metrics.__path__))).glob("*.py")
    }
    assert {name.replace("-", "_") for name in metrics()} == files - NO_METRIC


def test_the_usual_ones_lead_in_the_order_of_the_board():
    assert tuple(metrics())[: len(FIRST)] == FIRST


@pytest.mark.parametrize("name", list(metrics()))
def test_says_what_the_board_needs(name):
    metric = metrics()[name]
    assert metric.title
    assert metric.short.count("\n") <= 1
    assert metric.unit in ("share", "hours", "ratio")
    assert metric.better in ("higher", "lower")
    assert metric.__doc__
    assert "Source:" in metric.__doc__ or "https://" in metric.__doc__
