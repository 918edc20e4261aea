"""An estimator of scikit-learn or PyOD made into a detector, the right way up."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import numpy as np
import numpy.typing as npt

from shamcrowd.detectors.base import Findings, Labels
from shamcrowd.detectors.features.accounts import AccountFeatures
from shamcrowd.recording.view import LogView

Scorer = Callable[[Any, npt.NDArray[np.float64]], npt.NDArray[np.float64]]


def _classifier(fitted: Any, table: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """The probability of sham."""
    return np.asarray(fitted.predict_proba(table)[:, 1], np.float64)


def _pyod(fitted: Any, table: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """PyOD: high is abnormal."""
    return np.asarray(fitted.decision_function(table), np.float64)


def _sklearn(fitted: Any, table: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """scikit-learn: high is normal."""
    return -np.asarray(fitted.score_samples(table), np.float64)


def scorer(estimator: Any) -> Scorer:
    """How an estimator is asked so that higher is more suspicious, told by whose it is.

    The two libraries call the same thing by the same name with opposite signs: the method alone
    does not tell. A PyOD detector has ``predict_proba`` too, and is no classifier.

    Raises:
        TypeError: if it is neither's, so that its sign cannot be known.
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
        "scikit-learn with score_samples, and no classifier with predict_proba: which way its "
        "scores point is not known. Write a class with review instead"
    )


class EstimatorDetector:
    """Scores the account features (`shamcrowd.detectors.features.table`) with an estimator.

    Outlier detectors and densities are fitted anew at each review. Classifiers are fitted once on
    labels and asked for the probability of sham; without labels, every account gets 0.5.
    """

    def __init__(self, make: Callable[[], Any]) -> None:
        self._estimator = make()
        self._score = scorer(self._estimator)
        self._features = AccountFeatures()
        self._fitted = False

    def fit(self, log: LogView, labels: Labels) -> None:
        """Learn a classifier from labelled accounts; outlier detectors need none."""
        if self._score is not _classifier:
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
        score = np.full(len(table), 0.5)
        if self._fitted:
            score = self._score(self._estimator, table)
        elif self._score is not _classifier:
            # Sorted by value: no estimator's draws may hang on ids or row order.
            order = np.lexsort(table.T[::-1])
            score[order] = self._score(self._estimator.fit(table[order]), table[order])
        return Findings(self._features.index.ids, score)


def estimator(make: Callable[[], Any]) -> Callable[[], EstimatorDetector]:
    """A detector class in one line, to be named on the command line as ``path.py:Envelope``.

    >>> from sklearn.covariance import EllipticEnvelope
    >>> Envelope = estimator(lambda: EllipticEnvelope(random_state=0))
    >>> Envelope().__class__.__name__
    'EstimatorDetector'
    """
    return wraps(make)(lambda: EstimatorDetector(make))
