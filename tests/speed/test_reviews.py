"""What a detector's reviews cost does not grow with what came before them.

Twice the horizon is twice the reviews and twice the rows. If a review read the log from its start,
the second half would cost three times the first.
"""

from __future__ import annotations

import time

import pytest

from shamcrowd.detectors.registry import detector_names, load_detector
from shamcrowd.recording.manifest import Manifest
from shamcrowd.recording.units import EARLIEST
from shamcrowd.recording.view import LogView, open_log
from shamcrowd.simulator import simulate

SECOND_HALF = 2.0
DETECTORS = detector_names()


@pytest.fixture(scope="module")
def long(tmp_path_factory, request):
    folder = tmp_path_factory.mktemp("long") / "recording"
    full = request.config.getoption("benchmark_enable")
    simulate(
        "quickstart-v2", 1, folder, scale=1.0 if full else 0.02,
        settings=["horizon=28d"] if full else ["horizon=7d", "campaigns={}", "releases=[]"],
    )  # fmt: skip
    return folder


@pytest.mark.parametrize("name", DETECTORS)
def test_reviews(benchmark, full, long, name):
    source, reviews = open_log(long), Manifest.read(long).reviews
    costs: list[float] = []

    def play() -> None:
        detector, since = load_detector(name)(), EARLIEST
        for now in reviews:
            begun = time.process_time()
            detector.review(LogView(source, now, since))
            costs.append(time.process_time() - begun)
            since = now

    benchmark.pedantic(play)
    half = len(reviews) // 2
    first, second = sum(costs[:half]), sum(costs[half:])
    print(f"\n{name}: days 0 to 14 {first:.2f} CPU seconds, 14 to 28 {second:.2f}; "
          f"ratio {second / first:.2f}")  # fmt: skip
    assert len(costs) == len(reviews)
    if full:
        assert second / first <= SECOND_HALF
