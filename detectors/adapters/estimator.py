"""Makes a detector of an estimator of scikit-learn or PyOD, with the right sign of the score."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import numpy as np
import numpy.typing as npt

from shamcrowd.detectors.base import PROBABILITY, Findings, Labels
from shamcrowd.detectors.features.accounts import AccountFeatures
from shamcrowd.recording.view import LogView

Scorer = Callable[[Any, npt.NDArray[np.float64]], npt.NDArray[np.float64]]


def _classifier(fitted: Any, table: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Probability of sham."""
    return np.asarray(fitted.predict_proba(table)[:, 1], np.float64)


def _pyod(fitted: Any, table: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """PyOD: higher is more abnormal."""
    return np.asarray(fitted.decision_function(table), np.float64)


def _sklearn(fitted: Any, table: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """scikit-learn: higher is more normal."""
    return -np.asarray(fitted.score_samples(table), np.float64)


def scorer(estimator: Any) -> Scorer:
    """Return the function that scores with an estimator, higher for more suspicious.

    Both libraries use the same method names with opposite signs, so that the library decides, not
    the method. PyOD detectors have ``predict_proba`` too, but are not classifiers.

    Raises:
        TypeError: if the estimator is of neither library, so that the sign is not known.
    """
    from sklearn.base import is_classifier, is_outlier_detector
    from sklearn.pipeline import Pipeline

    last = estimator[-1] if isinstance(estimator, Pipeline) else estimator
    if any(base.__module__.split(".")[0] == "pyod" for base in type(last).__mro__):
        return _pyod
    if is_classifier(last) and hasattr(estimator, "predict_proba"):
        return _classifier
    if (is_outlier_detector(last) or hasattr(last, "score_samples")) and hasattr(
        estimator, "score_samples"
    ):
        return _sklearn
    raise TypeError(
        f"{type(last).__name__} is no PyOD detector, no outlier detector or density of "
        "scikit-learn with score_samples, and no classifier with predict_proba: the sign of its "
        "scores is not known. Write a class with review instead"
    )


class EstimatorDetector:
    """Scores the account features (`shamcrowd.detectors.features.table`) with an estimator.

    Outlier detectors and density estimators are fitted again at each review. Classifiers are
    fitted once on labels, and the score is the probability of sham; without labels it is 0.5 for
    every account.
    """

    def __init__(self, make: Callable[[], Any]) -> None:
        self._estimator = make()
        self._score = scorer(self._estimator)
        self._features = AccountFeatures()
        self._fitted = False

    def fit(self, log: LogView, labels: Labels) -> None:
        """Fit a classifier on labelled accounts; outlier detectors need no labels."""
        if self._score is not _classifier:
            return
        features = AccountFeatures()
        features.update(log)
        table = features.table(log.now)[features.index.of(labels.account)]
        self._estimator.fit(table, labels.sham)
        self._fitted = True

    def review(self, log: LogView) -> Findings:
        """Score all accounts with the estimator."""
        self._features.update(log)
        table = self._features.table(log.now)
        score = np.full(len(table), 0.5)
        if self._fitted:
            score = self._score(self._estimator, table)
        elif self._score is not _classifier:
            # Sorted by value: an estimator's random draws must depend on neither ids nor row order.
            order = np.lexsort(table.T[::-1])
            score[order] = self._score(self._estimator.fit(table[order]), table[order])
        scale = PROBABILITY if self._score is _classifier else ""
        return Findings(self._features.index.ids, score, scale=scale)


def estimator(make: Callable[[], Any]) -> Callable[[], EstimatorDetector]:
    """Make a detector class of an estimator: ``path.py:Envelope`` on the command line.

    >>> from sklearn.covariance import EllipticEnvelope
    >>> Envelope = estimator(lambda: EllipticEnvelope(random_state=0))
    >>> Envelope().__class__.__name__
    'EstimatorDetector'
    """
    return wraps(make)(lambda: EstimatorDetector(make))
