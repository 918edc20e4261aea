"""A River model made into a detector."""

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
    """Shows a River model every account with new requests: ``score_one``, then ``learn_one``.

    The features are those of `shamcrowd.detectors.features.table`, by name, and ``clock``, the
    hours since
    the log began. An account keeps its score while it is idle; before its first request it is 0.
    Accounts of one review are shown by value, as nothing in the log orders them.

    Anomaly detectors score before they learn, so that nobody is judged by themselves; higher is
    more anomalous in River. Classifiers learn from labels in ``fit`` only, and score the
    probability of sham; pipelines count as what their last step is.

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
        """Learn a classifier from labelled accounts; anomaly detectors need none."""
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
        """Judge by the model, then let it learn."""
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
    """A detector class in one line, to be named on the command line as ``path.py:Trees``.

    >>> def trees():
    ...     from river.anomaly import HalfSpaceTrees
    ...     from river.preprocessing import MinMaxScaler
    ...     return MinMaxScaler() | HalfSpaceTrees(seed=1)
    >>> river_model(trees)().__class__.__name__
    'RiverDetector'
    """
    return wraps(make)(lambda: RiverDetector(make))
