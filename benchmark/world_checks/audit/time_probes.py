"""Probes of times: hour, weekday, last digits, first and last, and the gaps between rows."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from shamcrowd.benchmark.world_checks.audit.probe import Floats, Ints
from shamcrowd.benchmark.world_checks.audit.runs import Runs, of_codes, pairs, runs
from shamcrowd.recording.units import MS_PER_DAY, MS_PER_HOUR, MS_PER_MINUTE

NIGHT_ENDS = 6
"""Hours from midnight that count as night."""
SECOND = 1000
EPOCH_WEEKDAY = 3
"""1970-01-01 was a Thursday; Monday is 0."""


def parts(time: Ints, offset: Ints) -> dict[str, Floats]:
    """Clock and calendar parts of times (ms); ``offset`` is minutes east of UTC."""
    local = time + offset * MS_PER_MINUTE
    hour, local_hour = time // MS_PER_HOUR % 24, local // MS_PER_HOUR % 24
    found = {
        "hour of the day": hour,
        "hour of the day, local": local_hour,
        "at night": hour < NIGHT_ENDS,
        "at night, local": local_hour < NIGHT_ENDS,
        "at the weekend": (time // MS_PER_DAY + EPOCH_WEEKDAY) % 7 > 4,
        "minute of the hour": time // MS_PER_MINUTE % 60,
        "second of the minute": time // SECOND % 60,
        "millisecond": time % SECOND,
        "on a whole second": time % SECOND == 0,
    }
    return {name: values.astype(np.float64) for name, values in found.items()}


def of_moments(time: Ints, offset: Ints, created: Ints, over: Runs) -> Iterator[tuple[str, Floats]]:
    """Aggregates of an account's times, ascending in each run; ``created`` is per run."""
    first, last = time[over.starts], time[over.starts + over.size - 1]
    yield "first", first.astype(np.float64)
    yield "last", last.astype(np.float64)
    yield "first, since sign-up", (first - created).astype(np.float64)
    yield "last, since sign-up", (last - created).astype(np.float64)
    yield "first to last", (last - first).astype(np.float64)
    base = int(time.min())
    yield "mean", np.add.reduceat((time - base).astype(np.float64), over.starts) / over.size
    for name, values in parts(time, offset).items():
        yield f"mean {name}", np.add.reduceat(values, over.starts) / over.size
    for name, length in (("day", MS_PER_DAY), ("hour", MS_PER_HOUR)):
        found = pairs((time - base) // length, over)
        yield f"different {name}s", of_codes(found, over)["distinct"]
    for name, codes in (
        ("hours of the day", time // MS_PER_HOUR % 24),
        ("weekdays", time // MS_PER_DAY % 7),
    ):
        for aggregate, values in of_codes(pairs(codes, over), over).items():
            yield f"{aggregate} of {name}", values
    yield from _gaps(time, over)


def _gaps(time: Ints, over: Runs) -> Iterator[tuple[str, Floats]]:
    """Time from row to row; NaN for an account with a single row."""
    gap = np.diff(time, prepend=time[:1]).astype(np.float64)
    gap[over.starts] = np.inf
    least = np.minimum.reduceat(gap, over.starts)
    yield "shortest gap", np.where(np.isfinite(least), least, np.nan)
    gap[over.starts] = 0
    many = np.where(over.size > 1, over.size - 1, np.nan)
    mean = np.add.reduceat(gap, over.starts) / many
    yield "mean gap", mean
    yield "longest gap", np.where(over.size > 1, np.maximum.reduceat(gap, over.starts), np.nan)
    with np.errstate(invalid="ignore", divide="ignore"):
        spread = np.sqrt(np.add.reduceat(gap * gap, over.starts) / many - mean**2)
        yield "spread of gaps, in means", spread / mean
    yield from _commonest_gap(gap, over)
    for name, limit in (("a second", SECOND), ("a minute", 60 * SECOND)):
        short = (gap < limit).astype(np.float64)
        short[over.starts] = 0
        yield f"share of gaps under {name}", np.add.reduceat(short, over.starts) / many


def _commonest_gap(gap: Floats, over: Runs) -> Iterator[tuple[str, Floats]]:
    """The most common gap in whole seconds, and its share: a clock that sends by intervals."""
    later = np.ones(len(gap), bool)
    later[over.starts] = False
    found, share = np.full(len(over.size), np.nan), np.full(len(over.size), np.nan)
    if later.any():
        mine = runs(over.of_row[later])
        held = pairs((gap[later] // SECOND).astype(np.int64), mine)
        order = np.lexsort((-held.code, held.rows, held.run))
        last = np.append(np.flatnonzero(np.diff(held.run[order])), len(order) - 1)
        found[mine.owner] = held.code[order][last]
        share[mine.owner] = held.rows[order][last] / mine.size
    yield "most common gap, in whole seconds", found
    yield "share of the most common gap", share
