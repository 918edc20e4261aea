"""What detectors that learn have in common: trees over a table of evidence, and their reasons."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from detectors.base import Findings, Labels
from detectors.learned.examples import Evidence, examples
from detectors.learned.trees import Trees, require_lightgbm
from recording.errors import DetectorError
from recording.view import LogView

TOLD = 3
LIKELY = 0.0
"""Log odds from which a reason is given."""


class Learner:
    """Trees over evidence: `fit` grows them, `judge` asks them about every account.

    ``name`` is the detector's, for errors.
    """

    def __init__(self, name: str, make: Callable[[], Evidence]) -> None:
        require_lightgbm(name)
        self._name = name
        self._make = make
        self._trees: Trees | None = None
        self._taught = False
        self.evidence = make()

    def fit(self, log: LogView, labels: Labels) -> None:
        """Learn from another seed's log and what is known of its accounts."""
        table, answer = examples(self._make, log, labels)
        self._trees = Trees(table, answer) if answer.any() and not answer.all() else None
        self._taught = True

    def judge(self, log: LogView, told: Callable[[int, int, float], str]) -> Findings:
        """Findings with log odds as scores; 0 for all where the labels were of one kind.

        ``told`` says in plain words what a column (second argument) holds for an account (first).

        Raises:
            DetectorError: if nobody has called `fit`.
        """
        if not self._taught:
            raise DetectorError(
                f"{self._name} has learned nothing: call fit(log, labels) on another seed first"
            )
        self.evidence.update(log)
        ids = self.evidence.index.ids
        if self._trees is None:
            return Findings(ids, np.zeros(len(ids)))
        table = self.evidence.table(log.now)
        score = self._trees(table)
        return Findings(ids, score, reason=self._reasons(self._trees, table, score, told))

    @staticmethod
    def _reasons(
        trees: Trees,
        table: npt.NDArray[np.float64],
        score: npt.NDArray[np.float64],
        told: Callable[[int, int, float], str],
    ) -> Sequence[str]:
        """The columns that spoke most against an account, where it is more likely sham than not."""
        reason = [""] * len(score)
        likely = np.flatnonzero(score > LIKELY)
        if len(likely):
            shares = trees.shares(table[likely])
            most = np.argsort(-shares, axis=1, kind="stable")[:, :TOLD]
            for row, account in enumerate(likely.tolist()):
                words = [
                    told(account, column, float(table[account, column]))
                    for column in most[row].tolist()
                    if shares[row, column] > 0
                ]
                reason[account] = "; ".join(word for word in words if word)
        return reason
