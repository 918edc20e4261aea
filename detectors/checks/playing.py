"""Runs a detector on a small log, review by review, as the benchmark does."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from shamcrowd.detectors.base import Detector, Findings
from shamcrowd.recording.samples import Sample
from shamcrowd.recording.units import EARLIEST, MS_PER_DAY, AccountIds
from shamcrowd.recording.view import LogView

Scores = dict[int, float]


def moments(log: Sample, days: int) -> list[int]:
    """Return two reviews per day, ms since 1970."""
    return [log.start + half * MS_PER_DAY // 2 for half in range(1, 2 * days + 1)]


def known(log: Sample, now: int) -> AccountIds:
    """Return ids of the accounts opened up to ``now``."""
    ids: AccountIds = log.rows("accounts", EARLIEST, now, ["account"]).column(0).to_numpy()
    return ids


def play(
    make: Callable[[], Detector],
    log: Sample,
    reviews: Sequence[int],
    between: Callable[[Detector], Detector] = lambda detector: detector,
) -> list[Findings]:
    """Return the checked findings of each review.

    Args:
        make: creates the detector.
        log: the log.
        reviews: moments of the reviews, ms since 1970.
        between: called with the detector after each review; returns the one to continue with.
    """
    detector, since, found = make(), EARLIEST, []
    for now in reviews:
        found.append(detector.review(LogView(log, now, since)).checked(known(log, now)))
        detector, since = between(detector), now
    return found


def scores(findings: Findings) -> Scores:
    """Return the score by account id."""
    pairs = zip(np.asarray(findings.account).tolist(), findings.score.tolist(), strict=True)
    return dict(pairs)


def same(one: Sequence[Scores], other: Sequence[Scores]) -> bool:
    """Return whether two series of scores are equal up to rounding."""
    return all(
        a.keys() == b.keys()
        and np.allclose([a[k] for k in a], [b[k] for k in a], rtol=1e-6, atol=1e-9)
        for a, b in zip(one, other, strict=True)
    )
