"""A test of many differences at once, where detectors were fitted on several training seeds."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from shamcrowd.benchmark.scoring.crossed_effects import pairs_variance

DRAWN = 1999
ROUNDING = 1e-9


@dataclass(frozen=True)
class FittedContrast:
    """A difference of which at least one side was fitted.

    Attributes:
        by_training: shape (training seeds,), its mean over scenarios and scored seeds.
        seeds: variance of the whole mean between scored seeds.
        own: variance of the whole mean that pairs of a training and a scored seed have on their
            own; it is in ``seeds`` and between the values of ``by_training`` as well.
    """

    by_training: npt.NDArray[np.float64]
    seeds: float
    own: float

    @property
    def statistic(self) -> float:
        """Student's t by the variance of both kinds of seeds, as a length of 0 to 1.

        By the variance of training seeds alone it would be the cosine of the angle between
        ``by_training`` and equal values.
        """
        many, mean = len(self.by_training), float(self.by_training.mean())
        training = float(self.by_training.var(ddof=1)) / many
        variance = max(self.seeds + max(training - self.own, 0.0), training)
        size = mean**2 + (many - 1) * variance
        return abs(mean) / math.sqrt(size) if size > 0.0 else 0.0


def fitted_contrast(
    tables: Sequence[npt.NDArray[np.float64]], shares: Sequence[float]
) -> FittedContrast:
    """The contrast of differences by scenario, each of shape (training seeds, scored seeds).

    >>> table = np.array([[1.0, 2.0], [3.0, 4.0]])
    >>> fitted_contrast([table], [1.0])
    FittedContrast(by_training=array([1.5, 3.5]), seeds=0.25, own=0.0)
    """
    many = len(tables[0])
    means, seeds, own = np.zeros(many), 0.0, 0.0
    for share, table in zip(shares, tables, strict=True):
        means += share * table.mean(axis=1)
        seeds += share**2 * float(table.mean(axis=0).var(ddof=1)) / table.shape[1]
        own += share**2 * pairs_variance(table)[0]
    return FittedContrast(means, seeds, own)


def fitted_p(contrasts: Sequence[FittedContrast]) -> list[float]:
    """Two-sided p-values, adjusted for the number of contrasts.

    Five training seeds have 16 patterns of signs, too few for any verdict. So the values of
    training seeds, taken to be normal, are rotated instead of flipped, the same for all contrasts:
    if there is no difference, every rotation of them is as likely. A p-value is the share of
    rotations in which the largest of all contrasts is at least as large as this one was by the
    variance of training and scored seeds together. With one contrast this is Student's test with
    one degree of freedom less than training seeds. The same input gives the same p-values.

    Source: Langsrud 2005 (https://doi.org/10.1007/s11222-005-4789-5); the largest of all as in
    Westfall and Young 1993 (single step).

    >>> values = np.array([0.5, 0.4, 0.6, 0.5, 0.5])
    >>> fitted_p([FittedContrast(values, 0.0, 0.0)])
    [0.0005]
    """
    if not contrasts:
        return []
    table = np.array([c.by_training for c in contrasts], float).T
    size = np.sqrt((table**2).sum(axis=0))
    scaled = np.divide(table, size, out=np.zeros_like(table), where=size > 0)
    drawn = np.random.default_rng(0).normal(size=(DRAWN, len(table)))
    drawn /= np.sqrt((drawn**2).sum(axis=1, keepdims=True))
    largest = np.sort(np.abs(drawn @ scaled).max(axis=1))
    observed = [c.statistic - ROUNDING for c in contrasts]
    reached = len(largest) - np.searchsorted(largest, observed, side="left")
    return [float(v) for v in (1 + reached) / (1 + DRAWN)]
