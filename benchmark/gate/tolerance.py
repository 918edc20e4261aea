"""How much worse a figure may be before the gate turns red."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite, sqrt
from statistics import fmean, stdev
from typing import Any

KINDS = ("abs", "rel", "noise")


@dataclass(frozen=True)
class Tolerance:
    """The largest of what its parts allow.

    Attributes:
        abs: so much, in the metric's own unit.
        rel: such a share of the baseline's mean.
        noise: so many times the deviation of the mean paired difference. The seeds are the same
            recordings before and after, so differences are taken seed by seed; their standard
            deviation over the seeds, divided by the root of their number, is how far the mean
            moves by luck (Student 1908, paired). Needs two seeds; with one it allows nothing.
    """

    abs: float = 0.0
    rel: float = 0.0
    noise: float = 0.0

    def allows(self, old: Sequence[float], new: Sequence[float]) -> float:
        """How far the mean of ``new`` may be behind that of ``old``, paired by seed.

        >>> Tolerance(abs=0.01).allows([0.5, 0.7], [0.4, 0.6])
        0.01
        >>> round(Tolerance(noise=2).allows([0.5, 0.5], [0.4, 0.6]), 6)
        0.2
        """
        deviation = 0.0
        if len(old) > 1:
            apart = [b - a for a, b in zip(old, new, strict=True)]
            deviation = stdev(apart) / sqrt(len(apart))
        return max(self.abs, self.rel * abs(fmean(old)), self.noise * deviation)

    @property
    def data(self) -> dict[str, float]:
        """As the baseline holds it: what is not zero."""
        return {kind: getattr(self, kind) for kind in KINDS if getattr(self, kind)}

    @classmethod
    def of(cls, data: Any) -> Tolerance:
        """From what a baseline holds.

        Raises:
            ValueError: saying what is wrong.

        >>> Tolerance.of({"abs": 0.01, "noise": 4})
        Tolerance(abs=0.01, rel=0.0, noise=4)
        """
        if not isinstance(data, Mapping) or not data:
            raise ValueError(f"a tolerance is {', '.join(KINDS)} with a number, not {data!r}")
        for kind, value in data.items():
            if kind not in KINDS:
                raise ValueError(f"no kind of tolerance {kind!r}; there are {', '.join(KINDS)}")
            number = isinstance(value, int | float) and not isinstance(value, bool)
            if not number or not isfinite(value) or value < 0:
                raise ValueError(f"tolerance {kind}: must be a number from 0, not {value!r}")
        return cls(**data)


USUAL: dict[str, Tolerance] = {
    "share": Tolerance(abs=0.05, noise=2.0),
    "hours": Tolerance(abs=1.0, rel=0.05, noise=2.0),
    "ratio": Tolerance(abs=0.05, rel=0.1, noise=2.0),
}
"""What holds unless a baseline says otherwise, by the unit of the metric; that of shares is
measured in docs/gate.md, the others are assumed."""
