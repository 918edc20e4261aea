"""Distribution of requests over the day and the week (UTC): P1 to P4."""

from __future__ import annotations

import numpy as np

from shamcrowd.benchmark.scoring.not_measurable import NotMeasurableError
from shamcrowd.benchmark.world_checks.realism.arrivals import HOUR, slots, whole
from shamcrowd.benchmark.world_checks.realism.grouping import Floats
from shamcrowd.benchmark.world_checks.realism.statistic import Statistic

BUSY = 8
"""Hours of a working day."""
PART = 40
"""Hours that must be seen of weekdays, and of weekends: two days, but for what is cut off."""
AUTOCORRELATION_NEEDED = 72


def _profile(time: Floats) -> Floats:
    """Mean requests in each hour of the day, 24 values."""
    first, counts = whole(time, HOUR)
    hour = slots(first, len(counts), HOUR) % 24
    seen = np.bincount(hour, minlength=24)
    if not seen.all():
        raise NotMeasurableError("shorter than a day")
    return np.bincount(hour, counts, minlength=24) / seen


def busiest_hours(time: Floats) -> float:
    """Share of a mean day's requests in its busiest 8 hours: the shape of the day in one figure.

    1/3 for a flat day, 1 if there is a working day and nothing else. No public figure.
    ``time``: sorted seconds.
    """
    profile = np.sort(_profile(time))
    return float(profile[-BUSY:].sum() / profile.sum())


def weekend_to_weekday(time: Floats) -> float:
    """Requests of a weekend day over those of a weekday.

    ``mean over the 24 hours of (mean count at weekends) / the same on weekdays``; by the hour, so
    that days cut off at either end weigh no more than their hours. 1 if the week has no shape.

    ``time``: sorted seconds since a Monday, 00:00 UTC. Source of the range: RAGPulse, GenTD26,
    CollegeMsg, Azure LLM traces 2024, BurstGPT.
    """
    first, counts = whole(time, HOUR)
    slot = slots(first, len(counts), HOUR)
    seen = np.bincount(slot, minlength=48).reshape(2, 24)
    weekday, weekend = seen
    if not weekend.all() or weekend.sum() < PART:
        raise NotMeasurableError("holds no whole weekend")
    if not weekday.all() or weekday.sum() < PART:
        raise NotMeasurableError("holds no two whole weekdays")
    usual = np.bincount(slot, counts, minlength=48).reshape(2, 24) / seen
    on_weekdays, at_weekends = usual.mean(axis=1)
    if not on_weekdays:
        raise NotMeasurableError("no request on a weekday")
    return float(at_weekends / on_weekdays)


def peak_to_trough(time: Floats) -> float:
    """Busiest over quietest hour of the mean day.

    ``max / min over the 24 hours of the mean count``: 1 for a flat day, infinite if an hour is
    always empty. ``time``: sorted seconds.

    Source of the range: Azure LLM traces 2024 and ServeGen (clients of all time zones, 1.4 to
    8.8), RAGPulse, CollegeMsg and BurstGPT (one place, 26 to 44).
    """
    profile = _profile(time)
    return float(profile.max() / profile.min()) if profile.min() else float("inf")


def autocorrelation(time: Floats) -> float:
    """Correlation of the hourly counts with those of the same hour a day later.

    -1 to 1; 0 without a daily rhythm. No public figure. ``time``: sorted seconds.
    """
    _, counts = whole(time, HOUR)
    if len(counts) < AUTOCORRELATION_NEEDED - 2:
        raise NotMeasurableError("shorter than 3 days")
    before, after = counts[:-24], counts[24:]
    if not before.std() or not after.std():
        raise NotMeasurableError("the counts do not vary")
    return float(np.corrcoef(before, after)[0, 1])


STATISTICS = (
    Statistic(
        "P2", "weekend / weekday", lambda t: weekend_to_weekday(t.dated),
        (0.28, 0.90), (0.32, 0.50, 0.57, 0.68, 0.78),
    ),
    Statistic(
        "P3", "busiest / quietest hour", lambda t: peak_to_trough(t.time),
        (1.35, 60), (1.4, 1.8, 4.9, 8.8, 26, 31, 44),
        by_profile={"global": (1.35, 9), "region": (9, 60)},
    ),
    Statistic(
        "P1", "share of the 8 busiest hours", lambda t: busiest_hours(t.time), None, core=False
    ),
    Statistic(
        "P4", "24-hour autocorrelation", lambda t: autocorrelation(t.time), None, core=False
    ),
)  # fmt: skip
