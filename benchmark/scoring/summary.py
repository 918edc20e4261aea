"""A metric over seeds: its mean and interval, or why there is none."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from shamcrowd.benchmark.scoring.intervals import FEWEST_SEEDS, interval
from shamcrowd.benchmark.scoring.metrics.base import Values
from shamcrowd.benchmark.scoring.scores import Measurement
from shamcrowd.benchmark.scoring.support import ANY, Support


def summarised(
    by_seed: Sequence[Values | None], notes: Sequence[str], support: Support = ANY
) -> Measurement:
    """Mean and interval over seeds.

    Args:
        by_seed: values of each seed; None where nothing could be measured.
        notes: the reasons, one for each None.
        support: what values can be.

    >>> summarised([[0.5], [0.7]], []).value
    0.6
    >>> summarised([[0.5], None], ["no campaign"]).note
    'no campaign on 1 of 2 seeds'
    """
    means = tuple(None if v is None else float(np.mean(v)) for v in by_seed)
    parts = tuple(None if v is None else tuple(map(float, v)) for v in by_seed)
    if notes:
        on = "" if len(notes) == len(by_seed) else f" on {len(notes)} of {len(by_seed)} seeds"
        return Measurement(None, by_seed=means, note=notes[0] + on, parts=parts)
    values = [v for v in by_seed if v is not None]
    bounds = interval(values, support)
    note = "" if bounds else _without_interval(len(values))
    low, high = bounds or (None, None)
    value = float(np.mean([m for m in means if m is not None]))
    return Measurement(value, low, high, means, note, parts)


def _without_interval(seeds: int) -> str:
    few = f"no interval below {FEWEST_SEEDS} seeds"
    return few if seeds < FEWEST_SEEDS else "the same on every seed, so there is no interval"
