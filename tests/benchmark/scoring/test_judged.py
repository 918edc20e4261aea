"""Setting a trace against the truth: the right account, the right review, the right side of it."""

from __future__ import annotations

import numpy as np

from shamcrowd.benchmark.scoring.findings_store import NEVER_FLAGGED, Trace
from shamcrowd.benchmark.scoring.judged import judge


def _trace(account, rises, cluster):
    best = {a: max((s for _, b, s in rises if b == a), default=0.0) for a in account}
    columns = list(zip(*rises, strict=True))
    return Trace(
        np.array(account, np.int32),
        np.array([best[a] for a in account]),
        np.array(cluster, np.int64),
        [""] * len(account),
        np.array(columns[0], np.int32),
        np.array(columns[1], np.int32),
        np.array(columns[2], float),
        groups=True,
    )


def test_accounts_are_matched_by_id_and_not_by_place(make_sealed):
    # The trace knows an account more (5), before all others.
    sealed = make_sealed([0, -1, -1])
    trace = _trace([5, 10, 11, 12], [(0, 5, 9.0), (2, 11, 7.0), (1, 12, 2.0)], [8, -1, 3, -1])
    judged = judge(sealed, trace, 1.0)
    assert judged.score.tolist() == [0.0, 7.0, 2.0]
    assert judged.cluster.tolist() == [-1, 3, -1]
    assert judged.flagged.tolist() == [NEVER_FLAGGED, 2, 1]
    assert judged.alert.tolist() == [False, True, True]
    assert judged.groups


def test_prevented_is_what_comes_after_the_review(make_judged):
    abuse = [(0, 0, 1, 1), (0, 1, 1, 1), (0, 2, 1, 1), (1, 4, 1, 1)]
    judged = make_judged([0, 0], flagged=[1, None], abuse=abuse)
    assert judged.prevented.tolist() == [False, False, True, False]
