"""What the values of a metric can be: its intervals depend on it."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Support:
    """The range of a metric.

    Attributes:
        low: smallest value; ``-math.inf`` if there is none.
        high: largest value; ``math.inf`` if there is none.
        hits: whether a value is 1 or 0 (found or not), less an expected share of chance hits.
    """

    low: float = 0.0
    high: float = 1.0
    hits: bool = False


ANY = Support(-math.inf, math.inf)
POSITIVE = Support(0.0, math.inf)
