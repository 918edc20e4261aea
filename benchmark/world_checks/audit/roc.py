"""The ROC curve of grouped scores: recall at fixed false-positive rates with intervals, and AUC.

Scores come as entries, each with a number of sham and of honest accounts that have it, so that one
call handles many curves. Accounts with equal scores are taken in part: what a detector reaches that
flags some of them at random. Recall is then that of chance, and not 0, for a score that all
accounts share.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.stats import beta, binom

from shamcrowd.benchmark.world_checks.audit.probe import Floats

RATES = (0.001, 0.01)
"""False-positive rates at which recall is measured, as shares of all honest accounts."""
ERROR = 0.05
"""Share of intervals that may miss, half of it for each side of the threshold's place and half for
the sham accounts."""


@dataclass(frozen=True)
class Curves:
    """ROC curves, each as the counts of flagged accounts at its ends of equal scores.

    Attributes:
        honest: honest accounts flagged when all entries down to this one are, -inf inside a group
            of equal scores, shape (..., entries).
        sham: the same of sham accounts, shape (..., entries).
        last: whether an entry is the last of its group, shape (..., entries).
    """

    honest: Floats
    sham: Floats
    last: npt.NDArray[np.bool_]
    order: npt.NDArray[np.int64]

    @classmethod
    def of(cls, score: Floats, sham: Floats, honest: Floats) -> Curves:
        """Sort entries, all of shape (..., entries), by descending score."""
        order = np.argsort(-score, axis=-1, kind="stable")
        sorted_ = np.take_along_axis(score, order, -1)
        last = np.ones(score.shape, bool)
        last[..., :-1] = sorted_[..., 1:] != sorted_[..., :-1]
        return cls(
            np.cumsum(np.take_along_axis(honest, order, -1), -1),
            np.cumsum(np.take_along_axis(sham, order, -1), -1),
            last,
            order,
        )

    def flagged(self, allowed: Floats | float) -> Floats:
        """Sham accounts flagged with so many honest ones, which need not be a whole number."""
        most = np.asarray(allowed)[..., None] + 1e-9
        inside = self.last & (self.honest <= most)
        beyond = self.last & (self.honest > most)
        sham = np.where(inside, self.sham, 0.0).max(-1)
        honest = np.where(inside, self.honest, 0.0).max(-1)
        next_sham = np.where(beyond, self.sham, np.inf).min(-1)
        next_honest = np.where(beyond, self.honest, np.inf).min(-1)
        with np.errstate(invalid="ignore"):
            part = (np.asarray(allowed) - honest) / (next_honest - honest) * (next_sham - sham)
        found: Floats = sham + np.where(np.isfinite(part), np.maximum(part, 0.0), 0.0)
        return found

    def middles(self) -> Floats:
        """For each entry, in the order given, the honest accounts above it and half its equals."""
        ends = np.where(self.last, self.honest, 0.0)
        before = np.zeros_like(ends)
        before[..., 1:] = np.maximum.accumulate(ends, -1)[..., :-1]
        after = np.where(self.last, self.honest, np.inf)
        after = np.minimum.accumulate(after[..., ::-1], -1)[..., ::-1]
        found = np.empty_like(ends)
        np.put_along_axis(found, self.order, (before + after) / 2, -1)
        return found

    def auc(self) -> Floats:
        """Area under each curve, by trapezes; 0.5 where a side is empty."""
        honest, sham = np.where(self.last, self.honest, 0.0), np.where(self.last, self.sham, 0.0)
        below, left = np.zeros_like(sham), np.zeros_like(honest)
        below[..., 1:] = np.maximum.accumulate(sham, -1)[..., :-1]
        left[..., 1:] = np.maximum.accumulate(honest, -1)[..., :-1]
        area = np.where(self.last, (self.honest - left) * (self.sham + below) / 2, 0.0).sum(-1)
        whole = self.honest[..., -1] * self.sham[..., -1]
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.where(whole > 0, area / whole, 0.5)


@dataclass(frozen=True)
class Recall:
    """Recall at one false-positive rate, with its 95 % interval; each of shape (curves,)."""

    value: Floats
    low: Floats
    high: Floats


def recall_at(curves: Curves, rate: float) -> Recall:
    """Recall with a threshold that a share ``rate`` of honest accounts exceeds.

    Of N honest accounts, those above the true threshold are binomial(N, rate). The interval takes
    the recall at the fewest and the most that they may be, and around these the interval of Clopper
    and Pearson for the number of sham accounts; each with half of the error, so that both together
    miss in at most one of twenty recordings. With fewer than about 4,000 honest accounts the lower
    end is that of a threshold that none of them exceeds.
    """
    shams, honest = curves.sham[..., -1], curves.honest[..., -1]
    fewest = binom.ppf(ERROR / 4, honest, rate)
    most = binom.ppf(1 - ERROR / 4, honest, rate)
    with np.errstate(invalid="ignore", divide="ignore"):
        value = curves.flagged(rate * honest) / shams
    few, many = np.floor(curves.flagged(fewest) + 1e-9), np.ceil(curves.flagged(most) - 1e-9)
    low = np.nan_to_num(beta.ppf(ERROR / 4, few, shams - few + 1), nan=0.0)
    high = np.nan_to_num(beta.ppf(1 - ERROR / 4, many + 1, shams - many), nan=1.0)
    return Recall(value, np.minimum(low, value), np.maximum(high, value))
