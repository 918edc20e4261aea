"""A metric over seeds: its mean and interval, or why there is none."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from shamcrowd.benchmark.scoring.intervals import FEWEST_SEEDS, fitted_interval
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
    return _summarised([by_seed], notes, support, 1)


def fitted_summary(
    by_training: Sequence[Sequence[Values | None]], notes: Sequence[str], support: Support = ANY
) -> Measurement:
    """As `summarised`, of a detector that was fitted: values by training seed, then by seed.

    >>> one = fitted_summary([[[0.5], [0.7]], [[0.1], [0.3]]], [])
    >>> one.value, one.by_seed, one.note
    (0.4, (0.3, 0.5), 'no interval below 5 seeds')
    """
    return _summarised(by_training, notes, support, FEWEST_SEEDS)


def _summarised(
    by_training: Sequence[Sequence[Values | None]], notes: Sequence[str], support: Support,
    fewest: int,
) -> Measurement:  # fmt: skip
    seeds = list(zip(*by_training, strict=True))
    parts = tuple(_over_training(of) for of in seeds)
    means = tuple(None if v is None else float(np.mean(v)) for v in parts)
    each = tuple(
        tuple(None if v is None else tuple(map(float, v)) for v in of) for of in by_training
    )
    kept = each if len(each) > 1 else ()
    if notes:
        many = len(seeds) * len(by_training)
        what = "seeds" if len(by_training) == 1 else "pairs of seeds"
        on = "" if len(notes) == many else f" on {len(notes)} of {many} {what}"
        return Measurement(None, by_seed=means, note=notes[0] + on, parts=parts, by_training=kept)
    values = [[v for v in of if v is not None] for of in by_training]
    bounds = fitted_interval([values], [1.0], support, fewest)
    note = "" if bounds else _without_interval(len(seeds), len(values), fewest)
    low, high = bounds or (None, None)
    value = float(np.mean([m for m in means if m is not None]))
    return Measurement(value, low, high, means, note, parts, kept)


def _over_training(of: Sequence[Values | None]) -> tuple[float, ...] | None:
    """Means of the values of one seed over training seeds, part by part.

    >>> _over_training([[0.0, 1.0], [1.0, 1.0]]), _over_training([[0.0, 1.0], [1.0]])
    ((0.5, 1.0), (0.75,))
    """
    values = [v for v in of if v is not None]
    if len(values) < len(of):
        return None
    if len({len(v) for v in values}) > 1:
        return (float(np.mean([np.mean(v) for v in values])),)
    return tuple(np.mean(values, axis=0).tolist())


def _without_interval(seeds: int, training: int, fewest: int) -> str:
    if seeds < FEWEST_SEEDS:
        return f"no interval below {FEWEST_SEEDS} seeds"
    if training < fewest:
        return f"no interval below {fewest} training seeds"
    return "the same on every seed, so there is no interval"
