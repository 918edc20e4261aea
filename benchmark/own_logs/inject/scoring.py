"""Scores what detectors say of a recording with injected campaigns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from shamcrowd.benchmark.execution.sandbox import MEMORY_LIMIT
from shamcrowd.benchmark.own_logs.detect import Detected, detect
from shamcrowd.benchmark.scoring.not_measurable import NotMeasurableError
from shamcrowd.benchmark.scoring.precision_curve import average_precision
from shamcrowd.benchmark.scoring.roc import recall_at_fpr
from shamcrowd.benchmark.scoring.truth_arrays import TruthArrays, open_truth
from shamcrowd.recording.errors import UsageError
from shamcrowd.recording.manifest import Manifest

RATES = (0.001, 0.01)
"""Shares of the background's accounts that may be flagged."""


@dataclass(frozen=True)
class InjectedScore:
    """What a detector reached at the last review.

    Attributes:
        detector: its name.
        said: why there are no figures; "" if there are.
        failed: whether it failed.
        average_precision: injected accounts against all of the background's.
        recall: share of injected accounts that are flagged at each of `RATES`; None if the
            background has too few accounts for a rate.
        by_campaign: average precision of each campaign against the background.
    """

    detector: str
    said: str = ""
    failed: bool = False
    average_precision: float | None = None
    recall: tuple[float | None, ...] = ()
    by_campaign: dict[str, float] = field(default_factory=dict)


def score_injected(
    recording: Path,
    detectors: Sequence[str],
    *,
    time_limit: float = 1800.0,
    memory_limit: int = MEMORY_LIMIT,
    on_start: Callable[[str], None] = lambda name: None,
) -> tuple[float, list[InjectedScore]]:
    """Run detectors on a recording with injected campaigns, and score them.

    The truth is opened after all of them have finished. All accounts of the background are taken to
    be legitimate.

    Returns:
        The share of injected accounts, which random scores reach as average precision, and the
        scores, best first.

    Raises:
        RecordingError: if it is no recording.
        UsageError: if it has no injected campaigns.
    """
    if not Manifest.read(recording).injected:
        raise UsageError(
            f"{recording}: has no injected campaigns; put some in with `shamcrowd inject`, or name "
            "the folder of a run"
        )
    found = detect(recording, detectors, time_limit=time_limit, memory_limit=memory_limit,
                   on_start=on_start)  # fmt: skip
    truth = open_truth(recording)
    scores = [_scored(one, truth) for one in found.detected]
    scores.sort(key=lambda s: (-(s.average_precision or -1.0), s.detector))
    return truth.prevalence, scores


def _scored(one: Detected, truth: TruthArrays) -> InjectedScore:
    if one.findings is None:
        return InjectedScore(one.detector, one.said, one.failed)
    place = np.argsort(one.findings.account)
    at = place[np.searchsorted(one.findings.account, truth.account, sorter=place)]
    score, sham = one.findings.score[at], truth.sham
    recall: list[float | None] = []
    for rate in RATES:
        try:
            recall.append(recall_at_fpr(score, sham, rate))
        except NotMeasurableError:
            recall.append(None)
    by_campaign = {}
    for code, name in enumerate(truth.campaigns):
        compared = ~sham | (truth.campaign == code)
        by_campaign[name] = average_precision(sham[compared], score[compared])
    return InjectedScore(one.detector, "", False, average_precision(sham, score), tuple(recall),
                         by_campaign)  # fmt: skip
