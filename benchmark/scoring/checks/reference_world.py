"""A truth made by hand, and findings on it whose metrics can be computed by hand."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import numpy.typing as npt

from shamcrowd.benchmark.scoring.findings_store import NEVER_FLAGGED
from shamcrowd.benchmark.scoring.labelled_findings import LabelledFindings, ScoreIncreases
from shamcrowd.benchmark.scoring.truth_arrays import HONEST, TruthArrays
from shamcrowd.recording.manifest import Manifest
from shamcrowd.recording.units import MS_PER_HOUR

SHAM, HONEST_ACCOUNTS = 40, 2_000
CAMPAIGN = np.r_[np.zeros(SHAM // 2), np.ones(SHAM // 2), np.full(HONEST_ACCOUNTS, HONEST)].astype(
    np.int64
)
SHAM_ALONE = np.r_[np.ones(SHAM), np.zeros(HONEST_ACCOUNTS)]
"""Score 1 for each sham account and 0 for the others."""
THRESHOLD = 0.5


@cache
def reference_truth() -> TruthArrays:
    """Two campaigns of 20 accounts each, and 2,000 honest accounts in two segments of 1,000.

    Reviews are at 1 h, 2 h, 3 h and 4 h. Every sham account abuses from half an hour on, with 1
    request and 100 tokens before each review and after the last: a fifth of the damage is done
    before anybody can be flagged.
    """
    many = SHAM + HONEST_ACCOUNTS
    reviews = np.array([1, 2, 3, 4], np.int64) * MS_PER_HOUR
    manifest = Manifest(
        scenario="reference", seed=7, start=0, end=int(reviews[-1]),
        reviews=tuple(reviews.tolist()), rows={}, fingerprints={}, versions={}, resolved={},
    )  # fmt: skip
    intervals = len(reviews) + 1
    return TruthArrays(
        manifest=manifest,
        account=np.arange(10, 10 + many, dtype=np.int32),
        campaign=CAMPAIGN,
        campaigns=("c0", "c1"),
        tactics=("hydra", "hydra"),
        segment=np.r_[np.full(SHAM, HONEST), np.arange(HONEST_ACCOUNTS) % 2].astype(np.int64),
        segments=("s0", "s1"),
        sham_from=np.zeros(many, np.int64),
        first_abuse=np.where(CAMPAIGN != HONEST, MS_PER_HOUR // 2, -1).astype(np.int64),
        abuse_index=np.repeat(np.arange(SHAM), intervals),
        abuse_review=np.tile(np.arange(intervals), SHAM),
        abuse_requests=np.ones(SHAM * intervals, np.int64),
        abuse_tokens=np.full(SHAM * intervals, 100, np.int64),
        reviews=reviews,
        requests=100,
    )


def reference_findings(
    score: npt.ArrayLike,
    cluster: npt.NDArray[np.int64] | None = None,
    threshold: float = THRESHOLD,
) -> LabelledFindings:
    """Findings that a detector gave at the first review and never changed.

    Args:
        score: one for each of the 2,040 accounts, sham accounts first, or one for all.
        cluster: shape (2040,), -1 for none; by default nobody is in a cluster.
        threshold: accounts with a higher score are flagged.
    """
    many = SHAM + HONEST_ACCOUNTS
    scores = np.broadcast_to(np.asarray(score, np.float64), many).copy()
    return LabelledFindings(
        truth=reference_truth(),
        score=scores,
        cluster=np.full(many, -1) if cluster is None else cluster,
        flagged=np.where(scores > threshold, 0, NEVER_FLAGGED),
        groups=True,
        increases=ScoreIncreases(np.zeros(many, np.int64), np.arange(many), scores),
        probability=scores if ((scores >= 0) & (scores <= 1)).all() else None,
    )


def best() -> LabelledFindings:
    """Every sham account is flagged at the first review, in clusters by campaign; no other is."""
    return reference_findings(SHAM_ALONE, CAMPAIGN)


def all_flagged() -> LabelledFindings:
    """Every account has the same score and is flagged at the first review."""
    return reference_findings(1.0)


def none_flagged() -> LabelledFindings:
    """Every account has the same score and none is flagged."""
    return reference_findings(0.0)


def random_findings(seed: int, share: float = 0.05) -> LabelledFindings:
    """Scores and clusters drawn at random, of which the highest ``share`` are flagged."""
    rng = np.random.default_rng(seed)
    score = rng.random(SHAM + HONEST_ACCOUNTS)
    cluster = rng.integers(-1, 5, size=len(score))
    return reference_findings(score, cluster, 1 - share)


def some_flagged(sham: int) -> LabelledFindings:
    """The first ``sham`` sham accounts are flagged at the first review; no other account is."""
    score = np.where(np.arange(SHAM + HONEST_ACCOUNTS) < sham, 1.0, 0.0)
    return replace(reference_findings(score), cluster=np.where(score > 0, CAMPAIGN, -1))
