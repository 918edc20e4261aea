"""Values that a scenario's priors drew for one seed, put into the scenario."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def with_values(data: Mapping[str, Any], values: Mapping[str, float | str]) -> dict[str, Any]:
    """JSON data of a scenario with some values replaced, by path.

    >>> with_values({"platform": {"trial_credit": 5.0}}, {"platform.trial_credit": 8.0})
    {'platform': {'trial_credit': 8.0}}
    """
    changed = dict(data)
    for path, value in values.items():
        *steps, last = path.split(".")
        node = changed
        for step in steps:
            node[step] = dict(node[step])
            node = node[step]
        node[last] = value
    return changed
