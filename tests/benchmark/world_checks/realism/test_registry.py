"""Every statistic is found, and is what the research says."""

from __future__ import annotations

from shamcrowd.benchmark.world_checks.realism.registry import statistics

CORE = {
    "A1": (1.02, 12), "A2": (0.015, 0.30), "A3": (1.2, 200), "A4": (0.58, 1.2),
    "P2": (0.28, 0.90), "P3": (1.35, 60), "C1": (0.58, 0.95), "C3": (0.40, 0.90),
    "C4": (0.20, 0.60), "L1": (0.80, 1.8), "L3": (3, 50), "L5": (0.40, 0.95),
    "T1": (0.33, 0.80), "T3": (25, 320),
}  # fmt: skip
OUTSIDE = {"A2": {0.0}, "L1": {0.43, 0.65}}
"""Real traces that lie outside the range that the others set."""


def test_the_core():
    assert {s.id: s.range for s in statistics() if s.core} == CORE


def test_ids_are_unique_and_names_fit():
    ids = [s.id for s in statistics()]
    assert len(set(ids)) == len(ids) == 25
    assert max(len(s.name) for s in statistics()) <= 36


def test_ranges_hold_the_real_traces_they_were_set_from():
    for s in statistics():
        if s.range is not None:
            low, high = s.range
            outside = {value for value in s.real if not low <= value <= high}
            assert outside == OUTSIDE.get(s.id, set()), s.id
            assert s.real
