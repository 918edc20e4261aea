"""Two workers against one, on the wall clock; what they write is the same."""

from __future__ import annotations

import os
import time

import pytest

from shamcrowd.simulator import simulate

TWO = 1.6


def test_two_workers(compare, full, world, tmp_path):
    if full and (os.cpu_count() or 1) < 2:
        pytest.skip("two workers need two cores")
    prints = []

    def of(workers: int) -> int:
        made = simulate(**world, settings=["shards=4"], out=tmp_path / "r", workers=workers)
        prints.append(made.fingerprints)
        return made.rows["requests"]

    found = compare(lambda: of(2), lambda: of(1), rounds=3, clock=time.perf_counter)
    assert all(fingerprints == prints[0] for fingerprints in prints)
    if full:
        assert found.ratio >= TWO
