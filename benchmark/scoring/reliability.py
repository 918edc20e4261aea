"""Are probabilities what they say? Accounts by the probability that a detector gave them."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from shamcrowd.benchmark.scoring.labelled_findings import LabelledFindings
from shamcrowd.benchmark.scoring.not_measurable import NotMeasurableError
from shamcrowd.benchmark.scoring.scores import ReliabilityBin

EDGES = (0.0, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 0.5, 0.7, 0.9, 1.0)
"""Ends of the bins (assumed): sham accounts are rare, so most bins are of small probabilities."""


def judged(found: LabelledFindings) -> npt.NDArray[np.bool_]:
    """Which accounts were given a probability, shape (n,).

    Raises:
        NotMeasurableError: if none was, or the scores are no probabilities.
    """
    if found.probability is None:
        raise NotMeasurableError("its scores are no probabilities")
    known: npt.NDArray[np.bool_] = np.isfinite(found.probability)
    if not known.any():
        raise NotMeasurableError("it judged no account")
    return known


def reliability(found: Iterable[LabelledFindings]) -> tuple[ReliabilityBin, ...]:
    """Bins of a reliability curve over all of the findings together, without empty ones.

    There are none if the scores are no probabilities.

    >>> from shamcrowd.benchmark.scoring.checks.reference_world import reference_findings
    >>> [(b.low, b.high, b.accounts, b.sham) for b in reliability([reference_findings(0.02)])]
    [(0.01, 0.03, 2040, 40)]
    """
    counts = np.zeros(len(EDGES) - 1, np.int64)
    sums, shams = np.zeros(len(counts)), np.zeros(len(counts), np.int64)
    for one in found:
        if one.probability is None:
            continue
        judged = np.isfinite(one.probability)
        value = one.probability[judged]
        # A probability on an edge belongs to the bin above it, 1 to the last.
        place = np.searchsorted(EDGES[1:-1], value, side="right")
        counts += np.bincount(place, minlength=len(counts))
        sums += np.bincount(place, value, minlength=len(counts))
        shams += np.bincount(place[one.truth.sham[judged]], minlength=len(counts))
    return tuple(
        ReliabilityBin(EDGES[i], EDGES[i + 1], int(counts[i]), float(sums[i] / counts[i]),
                       int(shams[i]))
        for i in np.flatnonzero(counts).tolist()
    )  # fmt: skip
