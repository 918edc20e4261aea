"""Scores made by hand: two detectors, one that failed, a control, two campaigns, two segments."""

from dataclasses import replace

import pytest

from shamcrowd.benchmark.scoring.metrics.registry import metrics
from shamcrowd.benchmark.scoring.scores import (
    CampaignOutcome,
    DetectorScores,
    Measurement,
    RecordingSummary,
    Scores,
    SegmentHarm,
)
from shamcrowd.recording.units import MS_PER_DAY

DAY = 24.0
START = 1_772_409_600_000


def outcome(campaign, flagged, prevented):
    curve = tuple((DAY * d, flagged / 10 * d / 4, 250 * d, 250 * d - prevented * d // 4)
                  for d in range(1, 5))  # fmt: skip
    missed = f"{10 - flagged} missed, unlike the {flagged} caught: topics 3 against 9"
    return CampaignOutcome(
        1, campaign, "hydra", 10, flagged, 40, 1000, prevented, 4.0 if flagged else None, None,
        curve, missed, ("shares a device with 9",) if flagged else (),
    )  # fmt: skip


def detector(name, kind, recall, flagged, hurt):
    measured = {m: Measurement(recall, by_seed=(recall,)) for m in metrics()}
    measured["time-to-detect"] = Measurement(None, note="over half were never flagged")
    measured["b-cubed-f1"] = Measurement(recall, max(recall - 0.1, 0), recall + 0.1, (recall,))
    return DetectorScores(
        name, f"{name} does things.", kind, "ok", threshold=0.5, seconds=1.25, peak_mib=120.0,
        metrics=measured,
        campaigns=(outcome("wide-crowd", flagged, 100 * flagged), outcome("farm", 0, 0)),
        segments=(SegmentHarm("casual", 200, hurt, ("a family",) if hurt else ()),
                  SegmentHarm("classroom", 30, 0)),
    )  # fmt: skip


@pytest.fixture
def scores():
    broken = DetectorScores("crashes", "", "detector", "failed", "ValueError: no\n  File 'x.py'")
    return Scores(
        "by-hand-v1", "A town", "People & others.", (1,), (901, 902), 0.01, START,
        START + 4 * MS_PER_DAY, tuple(START + MS_PER_DAY * d for d in range(1, 5)),
        (RecordingSummary(1, "0123456789abcdef", 250, 20, 12_345, 0.08),),
        (detector("linker", "detector", 0.6, 6, 3), detector("counter", "detector", 0.1, 1, 0),
         broken, detector("oracle", "control", 1.0, 10, 0),
         detector("volume-only", "control", 0.05, 0, 9)),
        {"shamcrowd": "0.1.0"}, {"horizon": "4d", "populations": {"casual": {"accounts": 200}}},
    )  # fmt: skip


@pytest.fixture
def calm(scores):
    """The same without any abuse."""
    none = Measurement(None, note="no sham account")
    quiet = [
        replace(d, campaigns=(), metrics=dict.fromkeys(d.metrics, none))
        for d in scores.detectors
        if d.status == "ok"
    ]
    record = replace(scores.recordings[0], sham_accounts=0, prevalence=0.0)
    return replace(scores, detectors=tuple(quiet), recordings=(record,))
