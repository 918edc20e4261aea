"""ECOD on account features (extra ``ml``: PyOD)."""

from __future__ import annotations

import warnings

import numpy as np
import numpy.typing as npt

from shamcrowd.detectors.base import Findings
from shamcrowd.detectors.features.accounts import AccountFeatures
from shamcrowd.detectors.features.table import FEATURES
from shamcrowd.recording.errors import MissingExtraError
from shamcrowd.recording.units import MS_PER_DAY
from shamcrowd.recording.view import LogView

WARM_UP_DAYS = 2.0
"""Days of a log in which all scores are 0 (assumed)."""
REASONS = 0.02
"""Share of the accounts, with the highest scores, that get a reason."""


class Ecod:
    """Accounts in the tails of many features at once (PyOD).

    Score: sum over features of -log of the empirical tail probability of the value, the left, the
    right or the skewed side, whichever is larger. No parameters. Fitted again at each review on all
    accounts; constant features are left out.

    Paper: Li et al., ECOD: Unsupervised Outlier Detection Using Empirical Cumulative Distribution
    Functions, IEEE TKDE 2022 (https://arxiv.org/abs/2201.00382).

    All scores are 0 in the first two days of a log, as in `isolation-forest`.

    Complexity: O(accounts log accounts * features) per review.

    When it fails: campaigns of similar accounts. If one in fifty accounts is of a campaign, the
    campaign itself is the tail, and none of its accounts is far out in it. Features are taken one
    by one, so that a rare combination of common values is missed.

    >>> from shamcrowd.recording.samples import sample_log
    >>> log = sample_log()
    >>> bool(Ecod().review(LogView(log, log.start + 2 * MS_PER_DAY)).score.min() > 0)
    True
    """

    def __init__(self, *, warm_up_days: float = WARM_UP_DAYS) -> None:
        """The setting is the length of the warm-up; 0 for a log of one moment."""
        try:
            import pyod.models.ecod  # noqa: F401
        except ImportError:
            raise MissingExtraError("ecod needs PyOD: pip install 'shamcrowd[ml]'") from None
        self._features = AccountFeatures()
        self._warm_up = warm_up_days * MS_PER_DAY

    def review(self, log: LogView) -> Findings:
        """Score accounts by the tails of their features."""
        self._features.update(log)
        ids = self._features.index.ids
        if len(ids) < 2 or log.now - log.start < self._warm_up:
            return Findings(ids, np.zeros(len(ids)))
        table = self._features.table(log.now)
        varies = np.flatnonzero(np.ptp(table, axis=0) > 0)
        by_feature = tails(table[:, varies])
        score = by_feature.sum(axis=1)
        middle, most = np.median(table, axis=0), varies[by_feature.argmax(axis=1)]
        reason = [""] * len(ids)
        for i in np.flatnonzero(score >= np.quantile(score, 1 - REASONS)).tolist():
            feature = FEATURES[most[i]]
            reason[i] = (
                f"{feature.label}: {feature.formatted(table[i, most[i]])}, usually "
                f"{feature.formatted(middle[most[i]])}; in the tails of its features beyond "
                f"{(score <= score[i]).mean():.1%} of accounts"
            )
        return Findings(ids, score, reason=reason)


def tails(table: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return the score of every value, shape (accounts, features) as ``table``.

    No feature of ``table`` may be constant.

    >>> tails(np.arange(9.0)[:, None])[[0, 4, 8], 0].round(2).tolist()
    [2.2, 1.18, 2.2]
    """
    from pyod.models.ecod import ECOD

    with warnings.catch_warnings():
        # The skewness of nearly constant columns is rounding error; it selects between equal tails.
        warnings.filterwarnings("ignore", "Precision loss occurred", RuntimeWarning)
        model = ECOD().fit(table)
    sides: npt.NDArray[np.float64] = np.asarray(model.O[: len(table)], np.float64)
    return sides
