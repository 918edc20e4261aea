"""Maps values of one distribution to those of the same rank in another."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
STEPS = 1001
NEAR = 0.08
"""Distributions that are nearer than this (Kolmogorov-Smirnov) are taken to be one: two seeds of a
world differ by as much (assumed)."""


@dataclass(frozen=True)
class QuantileMap:
    """A map between two distributions.

    Attributes:
        distance: greatest difference of the two distribution functions (Kolmogorov-Smirnov).
        source: shape (steps,), quantiles of the one; empty for the map that changes nothing.
        target: shape (steps,), quantiles of the other.
    """

    distance: float
    source: Floats
    target: Floats

    @classmethod
    def between(cls, source: Floats, target: Floats) -> QuantileMap:
        """The map from one sample to another; of samples that are near, one that changes nothing.

        >>> QuantileMap.between(np.arange(100.0), 2 * np.arange(100.0))(np.array([50.0])).tolist()
        [100.0]
        """
        if not len(source) or not len(target):
            return cls(0.0, np.empty(0), np.empty(0))
        points = np.unique(np.concatenate([source, target]))
        one, other = (
            np.searchsorted(np.sort(s), points, side="right") / len(s) for s in (source, target)
        )
        distance = float(np.abs(one - other).max())
        if distance < NEAR:
            return cls(distance, np.empty(0), np.empty(0))
        shares = np.linspace(0, 1, STEPS)
        return cls(distance, np.quantile(source, shares), np.quantile(target, shares))

    @property
    def changes(self) -> bool:
        """Whether it changes values."""
        return bool(len(self.source))

    def __call__(self, values: Floats) -> Floats:
        """Map values; those beyond the source's range keep their ratio to its end."""
        if not self.changes:
            return values
        # Of values that many have, the middle of their ranks.
        low, high = (np.searchsorted(self.source, values, side=side) for side in ("left", "right"))
        step = np.interp(values, *_strict(self.source))
        place = np.where(high > low, (low + high - 1) / 2, step)
        found: Floats = np.interp(place, np.arange(STEPS), self.target)
        beyond = values > self.source[-1]
        found[beyond] = values[beyond] * self.target[-1] / max(self.source[-1], 1e-9)
        return found


def _strict(source: Floats) -> tuple[Floats, Floats]:
    """Each value once, with the rank of its first place."""
    once, first = np.unique(source, return_index=True)
    return once, first.astype(np.float64)
