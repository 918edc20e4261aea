"""Trees taught on the labels of one log and asked about another."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from shamcrowd.detectors.base import Findings, Labels
from shamcrowd.detectors.learned.evidence import Evidence
from shamcrowd.detectors.learned.moments import examples
from shamcrowd.detectors.learned.trees import Trees, to_explain
from shamcrowd.recording.view import LogView


class FittedTrees:
    """What the detectors of this family have in common; ``make`` makes their evidence."""

    def __init__(self, make: Callable[[], Evidence]) -> None:
        self._make = make
        self._evidence = make()
        self._trees: Trees | None = None

    def fit(self, log: LogView, labels: Labels) -> None:
        """Learn; labels of one kind alone teach nothing."""
        table, sham = examples(log, labels, self._make)
        self._trees = Trees(table, sham) if sham.any() and not sham.all() else None

    def judge(self, log: LogView) -> Findings:
        """Log-odds of sham for every account; 0 where nothing was taught."""
        self._evidence.update(log)
        ids = self._evidence.index.ids
        if self._trees is None or not len(ids):
            return Findings(ids, np.zeros(len(ids)))
        table = self._evidence.table(log.now)
        score = self._trees.log_odds(table)
        reason = [""] * len(ids)
        top = to_explain(score)
        told = self._trees.reasons(table[top], self._evidence.columns)
        for i, text in zip(top.tolist(), told, strict=True):
            reason[i] = text
        return Findings(ids, score, reason=reason)
