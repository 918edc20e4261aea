"""How much worse a figure may be before the gate fails."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite, sqrt
from statistics import fmean, stdev
from typing import Any

KINDS = ("abs", "rel", "noise")


@dataclass(frozen=True)
class Tolerance:
    """Allowed loss of a figure: the largest of the three parts.

    Attributes:
        abs: an absolute amount, in the metric's own unit.
        rel: a share of the baseline's mean.
        noise: a multiple of the standard error of the mean paired difference. Baseline and run use
            the same recordings, so differences are taken seed by seed; their standard deviation
            over the seeds, divided by the square root of the number of seeds, is the standard
            error (Student 1908, paired). Needs two seeds; with one it allows nothing.
    """

    abs: float = 0.0
    rel: float = 0.0
    noise: float = 0.0

    def allows(self, old: Sequence[float], new: Sequence[float]) -> float:
        """How much worse the mean of ``new`` may be than that of ``old``, paired by seed.

        >>> Tolerance(abs=0.01).allows([0.5, 0.7], [0.4, 0.6])
        0.01
        >>> round(Tolerance(noise=2).allows([0.5, 0.5], [0.4, 0.6]), 6)
        0.2
        """
        standard_error = 0.0
        if len(old) > 1:
            differences = [b - a for a, b in zip(old, new, strict=True)]
            standard_error = stdev(differences) / sqrt(len(differences))
        return max(self.abs, self.rel * abs(fmean(old)), self.noise * standard_error)

    @property
    def data(self) -> dict[str, float]:
        """As written to the baseline: the parts that are not zero."""
        return {kind: getattr(self, kind) for kind in KINDS if getattr(self, kind)}

    @classmethod
    def of(cls, data: Any) -> Tolerance:
        """Make a tolerance from the data of a baseline.

        Raises:
            ValueError: if a part is unknown, or not a finite number of at least 0.

        >>> Tolerance.of({"abs": 0.01, "noise": 4})
        Tolerance(abs=0.01, rel=0.0, noise=4)
        """
        if not isinstance(data, Mapping) or not data:
            raise ValueError(f"a tolerance gives numbers for {', '.join(KINDS)}, not {data!r}")
        for kind, value in data.items():
            if kind not in KINDS:
                raise ValueError(f"unknown tolerance {kind!r}; known: {', '.join(KINDS)}")
            number = isinstance(value, int | float) and not isinstance(value, bool)
            if not number or not isfinite(value) or value < 0:
                raise ValueError(
                    f"tolerance {kind}: must be a finite number of at least 0, not {value!r}"
                )
        return cls(**data)


DEFAULTS: dict[str, Tolerance] = {
    "share": Tolerance(abs=0.05, noise=2.0),
    "hours": Tolerance(abs=1.0, rel=0.05, noise=2.0),
    "ratio": Tolerance(abs=0.05, rel=0.1, noise=2.0),
}
"""Default tolerances by the unit of the metric, used unless a baseline overrides them.

The one for shares is derived from measurements in docs/gate.md; the others are assumed.
"""
