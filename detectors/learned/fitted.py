"""Trees that are fitted on the labels of one log and score the accounts of another."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from shamcrowd.detectors.base import LOG_ODDS, Findings, Labels
from shamcrowd.detectors.learned.evidence import Evidence
from shamcrowd.detectors.learned.moments import examples
from shamcrowd.detectors.learned.trees import Trees, to_explain
from shamcrowd.recording.view import LogView


class FittedTrees:
    """The common part of `boosted-trees` and `boosted-neighbours`; ``make`` makes their input."""

    def __init__(self, make: Callable[[], Evidence]) -> None:
        self._make = make
        self._evidence = make()
        self._trees: Trees | None = None

    def fit(self, log: LogView, labels: Labels) -> None:
        """Fit the trees; with labels of one class only, no trees are fitted."""
        table, sham = examples(log, labels, self._make)
        self._trees = Trees(table, sham) if sham.any() and not sham.all() else None

    def judge(self, log: LogView) -> Findings:
        """Return the log-odds of sham of every account; 0 without fitted trees."""
        self._evidence.update(log)
        ids = self._evidence.index.ids
        if self._trees is None or not len(ids):
            return Findings(ids, np.zeros(len(ids)), scale=LOG_ODDS)
        table = self._evidence.table(log.now)
        score = self._trees.log_odds(table)
        reason = [""] * len(ids)
        top = to_explain(score)
        texts = self._trees.reasons(table[top], self._evidence.columns)
        for i, text in zip(top.tolist(), texts, strict=True):
            reason[i] = text
        return Findings(ids, score, reason=reason, scale=LOG_ODDS)
