"""Operating points of the scenarios of a bench, applied to each other."""

from __future__ import annotations

import numpy as np
import pytest

from shamcrowd.benchmark.evaluation.plan import Plan
from shamcrowd.benchmark.reports.suite.carried_rates import carried_rates
from shamcrowd.benchmark.scoring.findings_store import SavedFindings
from shamcrowd.benchmark.scoring.truth_arrays import open_truth
from shamcrowd.benchmark.suites.bench import scores_of


def test_of_a_bench(first_bench):
    scores = scores_of(first_bench.result, first_bench.out)
    found = carried_rates(first_bench.out, scores)
    assert set(found) == {"velocity", "busy"}
    shares = []
    for scenario, one in scores.items():
        folder = first_bench.out / scenario
        plan, seed = Plan.read(folder), one.seeds[0]
        truth = open_truth(plan.recording(folder, seed))
        saved = SavedFindings.read(plan.findings(folder, seed, "busy"))
        limit = next(d.threshold for d in one.detectors if d.name == "busy")
        honest = saved.score[np.isin(saved.account, truth.account[~truth.sham])]
        shares.append((honest > limit).mean())
    assert found["busy"].own[::2] == pytest.approx((min(shares), max(shares)), abs=0.01)
    assert found["busy"].others is not None
