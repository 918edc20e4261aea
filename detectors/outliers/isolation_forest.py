"""Isolation forest on account features."""

from __future__ import annotations

from typing import Any

import numpy as np

from shamcrowd.detectors.base import Findings
from shamcrowd.detectors.features.accounts import AccountFeatures
from shamcrowd.detectors.features.table import FEATURES
from shamcrowd.recording.units import MS_PER_DAY
from shamcrowd.recording.view import LogView

SAMPLE = 20_000
TREES = 100
WARM_UP_DAYS = 2.0
"""Days of a log in which all scores are 0 (assumed)."""


class IsolationForest:
    """Accounts that few random splits isolate from the rest (scikit-learn).

    Paper: Liu, Ting, Zhou, Isolation Forest, ICDM 2008 (https://doi.org/10.1109/ICDM.2008.17);
    100 trees on 256 accounts each, as there. Score: 2^(-mean path length / expected length), in
    (0, 1], higher is easier to isolate. Fitted again once a day on at most 20,000 accounts.

    All scores are 0 in the first two days of a log: after a few hours of traffic the accounts that
    happen to be active stand out, and an alert is permanent.

    Complexity: O(trees * 256 log 256 + accounts * trees) per review.

    When it fails: campaigns of similar accounts. They are dense, not isolated, so that a uniform
    campaign scores as normal while the busiest honest customers stand out. It is included as the
    reference that a coordination detector must beat.

    >>> from shamcrowd.recording.samples import sample_log
    >>> log = sample_log()
    >>> score = IsolationForest().review(LogView(log, log.start + 2 * MS_PER_DAY)).score
    >>> bool(0 < score.min() < score.max() <= 1)
    True
    """

    def __init__(self, *, warm_up_days: float = WARM_UP_DAYS) -> None:
        """The setting is the length of the warm-up; 0 for a log of one moment."""
        self._warm_up = warm_up_days * MS_PER_DAY
        self._features = AccountFeatures()
        self._forest: Any = None
        self._fitted = 0

    def review(self, log: LogView) -> Findings:
        """Score accounts by isolation."""
        from sklearn.ensemble import IsolationForest as Forest

        self._features.update(log)
        table = self._features.table(log.now)
        ids = self._features.index.ids
        if not len(ids) or log.now - log.start < self._warm_up:
            return Findings(ids, np.zeros(len(ids)))
        # Sorted by value: the forest's random draws must depend on neither ids nor row order.
        order = np.lexsort(table.T[::-1])
        ordered = table[order]
        step = max(len(ordered) // SAMPLE, 1)
        if self._forest is None or log.now - self._fitted >= MS_PER_DAY:
            forest = Forest(n_estimators=TREES, random_state=0, n_jobs=1)
            self._forest, self._fitted = forest.fit(ordered[::step]), log.now
        score = np.empty(len(ids))
        score[order] = -self._forest.score_samples(ordered)
        # The most extreme feature gives the reason.
        middle = np.median(table, axis=0)
        spread = np.percentile(table, 90, axis=0) - np.percentile(table, 10, axis=0) + 1e-9
        apart = np.abs(table - middle) / spread
        most = apart.argmax(axis=1)
        top = score >= np.quantile(score, 0.98)
        reason = [
            f"{FEATURES[f].label}: {FEATURES[f].formatted(table[i, f])}, "
            f"usually {FEATURES[f].formatted(middle[f])}"
            if top[i]
            else ""
            for i, f in enumerate(most.tolist())
        ]
        return Findings(ids, score, reason=reason)
