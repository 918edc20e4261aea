"""A suite made by hand: two families at three difficulties, a calm world, and one that failed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shamcrowd.benchmark.reports.suite.suite_results import SuiteResults
from shamcrowd.benchmark.scoring.scores import DetectorScores
from shamcrowd.benchmark.suites.result import ScenarioOutcome, SuiteResult

NAMES = (
    "mixed-careless-v2", "mixed-v2", "mixed-expert-v2", "ring-careless-v1", "ring-v1",
    "ring-expert-v1", "calm-v2",
)  # fmt: skip


@pytest.fixture
def make_suite(tmp_path, make_scores):
    """Makes a suite; ``broken`` names a scenario where the detector ``crashes`` failed."""

    def make(seeds=(1, 2, 3, 4, 5), broken="calm-v2", names=NAMES):
        scores = {}
        for number, name in enumerate(names):
            lower = 0.02 * number
            one = make_scores(name, seeds=seeds, linker=0.6 - lower, counter=0.3 - lower)
            if name == broken:
                failed = DetectorScores("crashes", "Crashes.", "detector", "failed", "ValueError")
                one = replace(one, detectors=(failed, *one.detectors))
            scores[name] = one
        played = [ScenarioOutcome(n, "ok", scores=f"{n}/scores.json") for n in names]
        played.append(
            ScenarioOutcome("lost-v1", "failed", "simulating seed 3: <ran> out of memory")
        )
        terms = {"labels": "platform", "scale": 1.0}
        return SuiteResults(
            tmp_path, SuiteResult("hand-v1", "By hand", terms, tuple(played), ()), scores
        )

    return make
