"""Results of suites made by hand: two detectors whose every seed and campaign is given."""

from __future__ import annotations

import pytest

from benchmark.metrics.registry import metrics
from benchmark.scores import (
    CampaignOutcome,
    DetectorScores,
    Measurement,
    RecordingSummary,
    Scores,
    SegmentHarm,
)

DAY = 24.0
NOISE = (0.02, -0.01, 0.0, 0.01, -0.02, 0.015, -0.015)


def _detector(name, level, seeds, kind="detector"):
    """All metrics at ``level``, a little apart by seed; campaign recall by two campaigns."""
    values = [level + NOISE[i % len(NOISE)] for i in range(len(seeds))]
    measured = {
        metric: Measurement(sum(values) / len(values), None, None, tuple(values), "",
                            tuple((v - 0.05, v + 0.05) if metric == "campaign-recall" else (v,)
                                  for v in values))
        for metric in metrics()
    }  # fmt: skip
    measured["time-to-detect"] = Measurement(None, note="over half were never flagged")
    campaigns = tuple(
        CampaignOutcome(seed, name_, tactic, 10, round(10 * v), 40, 1000, round(1000 * v), None,
                        None, tuple((DAY * d, v * d / 4, 250 * d, 0) for d in range(1, 5)))
        for seed, v in zip(seeds, values, strict=True)
        for name_, tactic in (("wide", "hydra"), ("deep", "credit_farm"))
    )  # fmt: skip
    hurt = tuple((100, round(10 * v)) for v in values)
    segments = (
        SegmentHarm("classroom", 100 * len(seeds), sum(h for _, h in hurt), (), hurt),
        SegmentHarm("hermit", 5 * len(seeds), 0, (), tuple((5, 0) for _ in seeds)),
    )
    return DetectorScores(
        name, "", kind, "ok", metrics=measured, campaigns=campaigns, segments=segments
    )


@pytest.fixture(scope="session")
def make_scores():
    """Makes one scenario's result: detectors with the level of all their figures."""

    def make(scenario="s-v1", seeds=(1, 2, 3, 4, 5), fingerprint="f", **levels):
        levels = {n.replace("_", "-"): v for n, v in levels.items()} or {"linker": 0.5}
        return Scores(
            scenario, scenario, "", tuple(seeds), (901, 902), 0.01, 0, 1, (1,),
            tuple(RecordingSummary(s, f"{fingerprint}{s}", 250, 20, 1000, 0.08) for s in seeds),
            (*(_detector(n, v, seeds) for n, v in levels.items()),
             _detector("oracle", 0.95, seeds, "control"),
             _detector("random", 0.02, seeds, "control")),
            {"source": "a", "scoring": "b"}, {"horizon": "4d"},
        )  # fmt: skip

    return make


SUITE = (
    "mixed-careless-v1", "mixed-v1", "mixed-expert-v1", "ring-careless-v1", "ring-v1",
    "ring-expert-v1", "calm-v1",
)  # fmt: skip


@pytest.fixture(scope="session")
def suite(make_scores):
    """Makes a suite of seven scenarios, each harder than the one before."""

    def make(**levels):
        return [
            make_scores(name, **{n: v - 0.02 * i for n, v in levels.items()})
            for i, name in enumerate(SUITE)
        ]

    return make
