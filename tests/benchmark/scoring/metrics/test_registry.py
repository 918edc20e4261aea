"""Every file with a metric is found, and every metric says what the board needs."""

from __future__ import annotations

from pathlib import Path

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
