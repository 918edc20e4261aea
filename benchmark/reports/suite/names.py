"""Names and link targets on the pages of a suite."""

from __future__ import annotations

import re
from collections.abc import Sequence

from shamcrowd.benchmark.charts.formatting import listed
from shamcrowd.benchmark.scoring.metrics.base import Metric
from shamcrowd.benchmark.scoring.metrics.registry import metrics

MOST_CHARACTERS = 160
"""Most characters of a reason or of a failure in a table."""


def headline() -> dict[str, Metric]:
    """The headline metrics."""
    return {name: metric for name, metric in metrics().items() if metric.display == "headline"}


def anchors(kind: str, names: Sequence[str]) -> dict[str, str]:
    """An HTML id for each name, all different.

    >>> anchors("scenario", ["calm-v2", "Calm v2"])
    {'calm-v2': 'scenario-calm-v2', 'Calm v2': 'scenario-calm-v2-2'}
    """
    found: dict[str, str] = {}
    for name in names:
        plain = f"{kind}-{re.sub('[^a-z0-9]+', '-', name.lower()).strip('-')}"
        taken, number = set(found.values()), 2
        own = plain
        while own in taken:
            own, number = f"{plain}-{number}", number + 1
        found[name] = own
    return found


def cut(text: str, most: int = MOST_CHARACTERS) -> str:
    """The beginning of a long text.

    >>> cut("a b c", 4)
    'a b…'
    """
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def some(names: Sequence[str]) -> str:
    """Names in a sentence; only the first ones if there are many.

    >>> some(["a", "b", "c", "d"])
    'a, b and 2 more'
    """
    return listed(names) if len(names) <= 3 else f"{', '.join(names[:2])} and {len(names) - 2} more"
