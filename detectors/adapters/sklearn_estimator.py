"""A scikit-learn estimator made into a detector."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import numpy as np

from detectors.base import Findings, Labels
from detectors.features.accounts import AccountFeatures
from recording.view import LogView


class EstimatorDetector:
    """Scores the account features (`detectors.features.table`) with an estimator.

    Outlier detectors are fitted anew at each review and asked for ``score_samples``, where low
    means strange. Classifiers are fitted once on labels and asked for the probability of sham;
    without labels, every account gets 0.5.
    """

    def __init__(self, make: Callable[[], Any]) -> None:
        self._estimator = make()
        self._features = AccountFeatures()
        self._fitted = False
        self._classifies = hasattr(self._estimator, "predict_proba")
        if not self._classifies and not hasattr(self._estimator, "score_samples"):
            raise TypeError(
                f"{type(self._estimator).__name__} has neither score_samples nor predict_proba"
            )

    def fit(self, log: LogView, labels: Labels) -> None:
        """Learn a classifier from labelled accounts; outlier detectors need none."""
        if not self._classifies:
            return
        features = AccountFeatures()
        features.update(log)
        table = features.table(log.now)[features.index.of(labels.account)]
        self._estimator.fit(table, labels.sham)
        self._fitted = True

    def review(self, log: LogView) -> Findings:
        """Judge by the estimator."""
        self._features.update(log)
        table = self._features.table(log.now)
        if self._classifies:
            score = (
                self._estimator.predict_proba(table)[:, 1]
                if self._fitted
                else np.full(len(table), 0.5)
            )
        else:
            # Sorted by value: no estimator's draws may hang on ids or row order.
            order = np.lexsort(table.T[::-1])
            score = np.empty(len(table))
            score[order] = -self._estimator.fit(table[order]).score_samples(table[order])
        return Findings(self._features.index.ids, score)


def estimator(make: Callable[[], Any]) -> Callable[[], EstimatorDetector]:
    """A detector class in one line, to be named on the command line as ``path.py:Envelope``.

    >>> from sklearn.covariance import EllipticEnvelope
    >>> Envelope = estimator(lambda: EllipticEnvelope(random_state=0))
    >>> Envelope().__class__.__name__
    'EstimatorDetector'
    """
    return wraps(make)(lambda: EstimatorDetector(make))
