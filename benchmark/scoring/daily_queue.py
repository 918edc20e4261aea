"""The accounts that wait for a review team at the end of each day, highest scores first."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from shamcrowd.benchmark.scoring.labelled_findings import LabelledFindings
from shamcrowd.recording.units import MS_PER_DAY, Places


def daily_queues(findings: LabelledFindings, seen: npt.NDArray[np.bool_]) -> Iterator[Places]:
    """Yield for each day with a review the accounts that have a score and were not seen yet.

    They are in order of the largest score so far. Among equal scores legitimate accounts come
    first: ties count against the detector.

    Args:
        findings: n accounts.
        seen: shape (n,); the caller sets it for accounts that were inspected, between two days.
    """
    truth, increases = findings.truth, findings.increases
    day = (truth.reviews - truth.manifest.start - 1) // MS_PER_DAY
    known = np.full(len(truth.account), -np.inf)
    for today in np.unique(day).tolist():
        now = day[increases.review] == today
        np.maximum.at(known, increases.index[now], increases.score[now])
        waiting = np.flatnonzero(~seen & np.isfinite(known))
        yield waiting[np.lexsort((truth.sham[waiting], -known[waiting]))]
