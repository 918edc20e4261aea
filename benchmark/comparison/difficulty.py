"""Families of scenarios at several difficulties, and the area under a metric over them."""

from __future__ import annotations

import re
from collections.abc import Sequence

DIFFICULTIES = {"careless": 0.0, "careful": 0.5, "expert": 1.0}
"""Positions on the scale of evasion. Equal distances are assumed."""
_NAME = re.compile(r"(?P<family>.+?)(?:-(?P<how>careless|expert))?-v(?P<version>\d+)")


def families(scenarios: Sequence[str]) -> dict[str, dict[str, str]]:
    """Scenarios by family and difficulty; only families with at least two difficulties.

    A name without a difficulty means careful, if the family has another difficulty.

    >>> families(["mixed-careless-v2", "mixed-v2", "calm-v2"])
    {'mixed-v2': {'careless': 'mixed-careless-v2', 'careful': 'mixed-v2'}}
    """
    found: dict[str, dict[str, str]] = {}
    for name in scenarios:
        match = _NAME.fullmatch(name)
        if match:
            family = f"{match['family']}-v{match['version']}"
            found.setdefault(family, {})[match["how"] or "careful"] = name
    order = list(DIFFICULTIES)
    return {
        family: dict(sorted(members.items(), key=lambda m: order.index(m[0])))
        for family, members in found.items()
        if len(members) > 1
    }


def area_weights(at: Sequence[float]) -> list[float]:
    """Weights that turn values at ascending positions into the mean height under the line through
    them.

    The robustness area: the integral of a metric over evasion by the trapezoidal rule, divided by
    the width. 1 means a perfect value at every difficulty.

    Source: area under a metric over evasion or time as in Pendlebury et al. 2019 (TESSERACT,
    https://arxiv.org/abs/1807.07838), section 4.

    >>> area_weights([0.0, 0.5, 1.0])
    [0.25, 0.5, 0.25]
    """
    ends = [at[0], *at, at[-1]]
    width = 2 * (at[-1] - at[0])
    return [(after - before) / width for before, after in zip(ends, ends[2:], strict=False)]
