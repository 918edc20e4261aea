"""Makes a detector of a River model."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import numpy as np

from shamcrowd.detectors.base import Findings, Labels
from shamcrowd.detectors.features.accounts import AccountFeatures
from shamcrowd.detectors.features.table import NAMES
from shamcrowd.recording.errors import MissingExtraError
from shamcrowd.recording.units import MS_PER_HOUR
from shamcrowd.recording.view import LogView


class RiverDetector:
    """Scores every account with new requests with a River model.

    The features are those of `shamcrowd.detectors.features.table`, by name, and ``clock``, the
    hours since the start of the log. An account without new requests keeps its score; before its
    first request the score is 0. Accounts of one review are processed in order of their feature
    values, as the log gives no order.

    Anomaly detectors score an account (``score_one``) before they learn from it (``learn_one``);
    in River, higher is more anomalous. Classifiers learn from labels in ``fit`` only, and the score
    is the probability of sham. A pipeline is what its last step is.

    Complexity: one call in Python per account and review, never per request.
    """

    def __init__(self, make: Callable[[], Any]) -> None:
        try:
            from river import base
        except ImportError:
            raise MissingExtraError(
                "a River model needs River: pip install 'shamcrowd[ml]'"
            ) from None
        self._model = make()
        last = list(getattr(self._model, "steps", {"": self._model}).values())[-1]
        self._classifies = isinstance(last, base.Classifier)
        if not self._classifies and not isinstance(last, base.AnomalyDetector):
            raise TypeError(
                f"{type(last).__name__} is neither an anomaly detector nor a classifier of River"
            )
        self._features = AccountFeatures()
        self._score = np.empty(0)

    def fit(self, log: LogView, labels: Labels) -> None:
        """Train a classifier on labelled accounts; anomaly detectors need no labels."""
        if not self._classifies:
            return
        features = AccountFeatures()
        features.update(log)
        place = features.index.of(labels.account)
        table = features.table(log.now)[place]
        hours = (log.now - log.start) / MS_PER_HOUR
        for i in np.lexsort(table.T[::-1]).tolist():
            self._model.learn_one(_row(table[i], hours), bool(labels.sham[i]))

    def review(self, log: LogView) -> Findings:
        """Score the accounts with new requests, then learn from them."""
        self._features.update(log)
        ids = self._features.index.ids
        fresh = np.full(len(ids) - len(self._score), 0.5 if self._classifies else 0.0)
        self._score = np.concatenate([self._score, fresh])
        sent = log.new.arrow("requests", ["account"]).column(0).to_numpy()
        active = self._features.index.of(np.unique(sent))
        table = self._features.table(log.now)[active]
        hours = (log.now - log.start) / MS_PER_HOUR
        for i in np.lexsort(table.T[::-1]).tolist():
            row = _row(table[i], hours)
            if self._classifies:
                self._score[active[i]] = self._model.predict_proba_one(row).get(True, 0.5)
            else:
                self._score[active[i]] = self._model.score_one(row)
                self._model.learn_one(row)
        return Findings(ids, self._score.copy())


def _row(values: Any, hours: float) -> dict[str, float]:
    return {**dict(zip(NAMES, values.tolist(), strict=True)), "clock": hours}


def river_model(make: Callable[[], Any]) -> Callable[[], RiverDetector]:
    """Make a detector class of a River model, for use on the command line as ``path.py:Trees``.

    >>> def trees():
    ...     from river.anomaly import HalfSpaceTrees
    ...     from river.preprocessing import MinMaxScaler
    ...     return MinMaxScaler() | HalfSpaceTrees(seed=1)
    >>> river_model(trees)().__class__.__name__
    'RiverDetector'
    """
    return wraps(make)(lambda: RiverDetector(make))
