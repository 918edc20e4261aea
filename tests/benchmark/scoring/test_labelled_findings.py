"""Joining findings with the truth: the right account, the right review, the right side."""

from __future__ import annotations

import numpy as np

from shamcrowd.benchmark.scoring.findings_store import NEVER_FLAGGED, SavedFindings
from shamcrowd.benchmark.scoring.labelled_findings import label_findings


def _trace(account, increases, cluster):
    best = {a: max((s for _, b, s in increases if b == a), default=0.0) for a in account}
    columns = list(zip(*increases, strict=True))
    return SavedFindings(
        np.array(account, np.int32),
        np.array([best[a] for a in account]),
        np.array(cluster, np.int64),
        [""] * len(account),
        np.array(columns[0], np.int32),
        np.array(columns[1], np.int32),
        np.array(columns[2], float),
        groups=True,
    )


def test_accounts_are_matched_by_id_and_not_by_place(make_truth):
    # The saved knows an account more (5), before all others.
    truth = make_truth([0, -1, -1])
    saved = _trace([5, 10, 11, 12], [(0, 5, 9.0), (2, 11, 7.0), (1, 12, 2.0)], [8, -1, 3, -1])
    findings = label_findings(truth, saved, 1.0)
    assert findings.score.tolist() == [0.0, 7.0, 2.0]
    assert findings.cluster.tolist() == [-1, 3, -1]
    assert findings.flagged.tolist() == [NEVER_FLAGGED, 2, 1]
    assert findings.alert.tolist() == [False, True, True]
    assert findings.groups


def test_prevented_is_what_comes_after_the_review(make_findings):
    abuse = [(0, 0, 1, 1), (0, 1, 1, 1), (0, 2, 1, 1), (1, 4, 1, 1)]
    findings = make_findings([0, 0], flagged=[1, None], abuse=abuse)
    assert findings.prevented.tolist() == [False, False, True, False]
