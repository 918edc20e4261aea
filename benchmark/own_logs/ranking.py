"""One ranked list of accounts from the scores of several detectors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from shamcrowd.benchmark.own_logs.detect import Detection, places

if TYPE_CHECKING:
    import pandas as pd


def ranked(found: Detection, names: Mapping[int, str] | None = None) -> pd.DataFrame:
    """Rank accounts by the best place that a detector gives them.

    Scores of different detectors have different scales; places have one. An account's place with a
    detector is the share of accounts that it scores higher, those with equal scores counted half,
    so that a detector that scores all alike puts nobody first.

    Args:
        found: what the detectors said.
        names: the names behind the ids, to be shown.

    Returns:
        One row for each account, most suspicious first: ``rank``, ``account``, ``name`` if given,
        ``place``, ``detector`` that gave the place, ``cluster`` and ``reason`` of that detector,
        and a column with the score of each detector.
    """
    import pandas as pd

    frame = pd.DataFrame({"account": np.sort(found.accounts)})
    best = np.full(len(frame), 2.0)
    by = np.full(len(frame), "", object)
    cluster = np.full(len(frame), "", object)
    reason = np.full(len(frame), "", object)
    for one in found.detected:
        if one.findings is None:
            continue
        at = np.argsort(one.findings.account)
        score = one.findings.score[at]
        frame[one.detector] = score
        place = places(score)
        better = place < best
        best[better], by[better] = place[better], one.detector
        groups = one.findings.cluster
        if groups is not None:
            own = groups[at]
            cluster[better] = [f"{one.detector}-{g}" if g >= 0 else "" for g in own[better]]
        else:
            cluster[better] = ""
        said = one.findings.reason
        reasons = np.array(list(said) if said is not None else [""] * len(at), object)[at]
        reason[better] = reasons[better]
    frame.insert(1, "place", best)
    for i, (name, values) in enumerate(
        (("detector", by), ("cluster", cluster), ("reason", reason)), start=2
    ):
        frame.insert(i, name, values)
    if names is not None:
        frame.insert(1, "name", [names.get(int(a), "") for a in frame["account"]])
    frame = frame.sort_values(["place", "account"], kind="stable").reset_index(drop=True)
    frame.insert(0, "rank", np.arange(1, len(frame) + 1))
    return frame
