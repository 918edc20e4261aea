"""The ROC curve of grouped scores: recall at fixed false-positive rates with intervals, and AUC.

Scores come as entries, each with a number of sham and of honest accounts that have it, so that one
call handles many curves. Accounts with equal scores are taken in part: what a detector reaches that
flags some of them at random. Recall is then that of chance, and not 0, for a score that all
accounts share.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
import numpy.typing as npt
from scipy.special import betainc
from scipy.stats import binom

from shamcrowd.benchmark.world_checks.audit.probe import Floats

RATES = (0.001, 0.01)
"""False-positive rates at which recall is measured, as shares of all honest accounts."""
ERROR = 0.05
"""Share of intervals that may miss, half of them on each side."""
POINTS = 15
"""Places of the threshold among the honest accounts over which an interval is taken."""
STEPS = 12
"""Bisections: an end of an interval is exact to 1/4096."""


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

    def flagged(self, allowed: Floats) -> Floats:
        """Sham accounts flagged with so many honest ones, which need not be a whole number.

        Args:
            allowed: shape (..., numbers), of which each curve has its own.
        """
        found = np.empty(allowed.shape)
        for place in np.ndindex(self.last.shape[:-1]):
            last = self.last[place]
            honest = np.append(0.0, self.honest[place][last])
            sham = np.append(0.0, self.sham[place][last])
            at = np.searchsorted(honest, allowed[place] + 1e-9, "right") - 1
            beyond = np.minimum(at + 1, len(honest) - 1)
            step = np.maximum(honest[beyond] - honest[at], 1e-12)
            part = np.clip((allowed[place] - honest[at]) / step, 0, 1)
            found[place] = sham[at] + part * (sham[beyond] - sham[at])
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

    Two things are uncertain. Of N honest accounts, those above the true threshold are
    binomial(N, rate), so that the threshold may be further up or down; and of the sham accounts
    above it, only some are in the recording. The interval is that of the mixture, over `POINTS`
    equally likely places of the threshold, of beta distributions of the recall there (Jeffreys).
    With fewer than about 4,000 honest accounts the lower end is that of a threshold that none of
    them exceeds.
    """
    shams, honest = curves.sham[..., -1:], curves.honest[..., -1:]
    allowed = np.concatenate([rate * honest, _places(honest, rate)], -1)
    flagged = curves.flagged(allowed)
    value = flagged[..., 0] / np.maximum(shams[..., 0], 1)
    low, high = np.empty(value.shape), np.empty(value.shape)
    for place in np.ndindex(value.shape):
        hits = tuple(flagged[place][1:].round(1).tolist())
        low[place], high[place] = _interval(hits, float(shams[place][0]))
    return Recall(value, np.minimum(low, value), np.maximum(high, value))


def _places(honest: Floats, rate: float) -> Floats:
    """Equally likely numbers of honest accounts above the true threshold."""
    each = [_place(float(many), rate) for many in honest.ravel()]
    return np.array(each).reshape(*honest.shape[:-1], POINTS)


@cache
def _place(honest: float, rate: float) -> tuple[float, ...]:
    places: list[float] = binom.ppf((np.arange(POINTS) + 0.5) / POINTS, honest, rate).tolist()
    return tuple(places)


@lru_cache(maxsize=1 << 16)
def _interval(hits: tuple[float, ...], shams: float) -> tuple[float, float]:
    """Ends of the interval of an even mixture of beta distributions, by bisection.

    Most rules find next to nobody, so that the same few cases come again and again.
    """
    found = np.array(hits)
    ends = []
    for part in (ERROR / 2, 1 - ERROR / 2):
        low, high = 0.0, 1.0
        for _ in range(STEPS):
            middle = (low + high) / 2
            below = betainc(found + 0.5, np.maximum(shams - found, 0) + 0.5, middle).mean() < part
            low, high = (middle, high) if below else (low, middle)
        ends.append((low + high) / 2)
    return (0.0 if found.min() <= 0 else ends[0]), ends[1]
