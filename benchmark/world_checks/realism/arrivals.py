"""Arrival times of requests over the whole platform: A1 to A4."""

from __future__ import annotations

import numpy as np

from shamcrowd.benchmark.scoring.not_measurable import NotMeasurableError
from shamcrowd.benchmark.world_checks.realism.grouping import Floats, Ints, gaps, variation
from shamcrowd.benchmark.world_checks.realism.statistic import Statistic

ENOUGH = 50
"""Requests that a window needs to count."""
WINDOWS_NEEDED = 5
HOURS_NEEDED = 3
MINUTE, HOUR, DAY = 60, 3_600, 86_400
BIN = 600
"""Seconds of one count for the Hurst exponent."""
SHORTEST = 10
"""Counts in the shortest stretch of the detrended fluctuation analysis."""
SCALES = 16
DAYS_NEEDED = 7
CUT_OFF = 2 * HOUR // BIN
"""Counts that may be missing at the ends."""


def _windows(time: Floats, window: int) -> tuple[Floats, Ints, Floats]:
    """Gaps inside clock windows with enough arrivals, relative to their window's mean; the
    window of each; and the coefficients of variation of those windows.
    """
    number = (time // window).astype(np.int64)
    gap, of = gaps(time, number - number[0])
    if not len(gap):
        raise NotMeasurableError(f"no two requests in {window // MINUTE} minutes")
    count, mean, cv = variation(gap, of)
    used = (count >= ENOUGH - 1) & (mean > 0)
    if used.sum() < WINDOWS_NEEDED:
        raise NotMeasurableError(f"fewer than {WINDOWS_NEEDED} windows with {ENOUGH} requests")
    kept = used[of]
    return gap[kept] / mean[of[kept]], of[kept], cv[used]


def local_cv(time: Floats, window: int) -> float:
    """Coefficient of variation of inter-arrivals: the median of clock windows.

    ``median over windows of (deviation of the gaps / mean of the gaps)``; clock windows of
    ``window`` seconds with at least 50 arrivals. 0 for a metronome, 1 for a Poisson stream, more
    for bursts. ``time``: sorted seconds.

    Source of the range: Azure LLM traces 2023, RAGPulse, GenTD26, CollegeMsg.

    >>> local_cv(np.arange(0.0, 6000.0, 5.0), 600)
    0.0
    """
    return float(np.median(_windows(time, window)[2]))


def local_memory(time: Floats, window: int) -> float:
    """Memory of inter-arrivals: is a long gap followed by a long one?

    ``M = corr(gap[i], gap[i + 1])`` (Goh and Barabasi 2008,
    https://doi.org/10.1209/0295-5075/81/48002), pairs within one clock window. Gaps are divided
    by their window's mean, and centred on the means of the window's first and second members, so
    that a rate that differs between windows makes no memory. -1 to 1, 0 for a Poisson stream.

    Source of the range: as ``local_cv``.

    >>> local_memory(np.cumsum(np.tile([1.0, 3.0], 1000)), 600) < -0.99
    True
    """
    gap, of, _ = _windows(time, window)
    pair = of[1:] == of[:-1]
    group = of[1:][pair]
    pairs = np.bincount(group)
    first, second = gap[:-1][pair], gap[1:][pair]
    with np.errstate(invalid="ignore"):
        first = first - (np.bincount(group, first) / pairs)[group]
        second = second - (np.bincount(group, second) / pairs)[group]
    size = float(np.sqrt((first**2).sum() * (second**2).sum()))
    if size < 1e-9 * len(group):
        raise NotMeasurableError("all gaps are equal")
    return float((first * second).sum()) / size


def whole(time: Floats, seconds: int, within: int = 1) -> tuple[int, Ints]:
    """Requests in every clock interval of ``seconds`` that lies wholly in the recording.

    Gives the number of the first interval since the origin, and the counts. The recording may
    begin and end in the middle of an interval: those with the first and the last request are left
    out, and with them the whole ``seconds * within`` in which they lie.

    >>> whole(np.array([50.0, 70.0, 80.0, 200.0, 250.0]), 60)
    (1, array([2, 0, 1]))
    """
    longer = seconds * within
    begin, end = int(time[0] // longer) + 1, int(time[-1] // longer)
    if end <= begin:
        return begin * within, np.zeros(0, np.int64)
    low, high = np.searchsorted(time, [begin * longer, end * longer])
    number = (time[low:high] // seconds).astype(np.int64) - begin * within
    return begin * within, np.bincount(number, minlength=(end - begin) * within)


def fano(time: Floats) -> float:
    """Fano factor of 60-second counts within the hour.

    ``mean over hours of (variance of the 60 counts / mean of them)``; whole clock hours with any
    request. 1 for a Poisson stream, more for bursts; grows with the rate.

    Source of the range: Azure LLM traces 2023 (16 conversation, 167 code), ServeGen, others 1.4.
    """
    _, counts = whole(time, MINUTE, within=60)
    hours = counts.reshape(-1, 60)
    hours = hours[hours.any(axis=1)]
    if len(hours) < HOURS_NEEDED:
        raise NotMeasurableError(f"fewer than {HOURS_NEEDED} whole hours with requests")
    return float((hours.var(axis=1, ddof=1) / hours.mean(axis=1)).mean())


def slots(first: int, many: int, seconds: int) -> Ints:
    """Slot of each interval since a Monday, 00:00: hour of the day, plus 24 at weekends.

    >>> slots(0, 2, 3600).tolist(), slots(24 * 5, 1, 3600).tolist()
    ([0, 1], [24])
    """
    begins = (first + np.arange(many, dtype=np.int64)) * seconds
    return begins // HOUR % 24 + 24 * (begins // DAY % 7 >= 5)


def dfa(series: Floats) -> float:
    """Exponent of the first-order detrended fluctuation analysis of a series.

    With ``Y`` the running sum of the series less its mean: cut ``Y`` into stretches of ``s``
    values, take a straight line off each, ``F(s)`` is the root mean square of what is left. The
    exponent is the slope of ``log F`` on ``log s``, for 16 lengths from 10 values to a quarter of
    the series, each weighing as much as it has stretches. 0.5 for independent values, more for
    long memory, 1 for 1/f noise; of 1,008 values (a week) it errs by 0.03 to 0.05.

    Source: Peng et al. 1994 (https://doi.org/10.1103/PhysRevE.49.1685).
    """
    total = np.cumsum(series - series.mean())
    lengths = np.unique(np.geomspace(SHORTEST, len(series) // 4, SCALES).astype(np.int64))
    stretches = len(total) // lengths
    rest = np.empty(len(lengths))
    for at, (length, many) in enumerate(zip(lengths, stretches, strict=True)):
        stretch = total[: many * length].reshape(many, length)
        stretch = stretch - stretch.mean(axis=1, keepdims=True)
        line = np.arange(length) - (length - 1) / 2
        slope = stretch @ line / (line @ line)
        rest[at] = np.sqrt(((stretch - slope[:, None] * line) ** 2).mean())
    if not (rest > 0).all():
        raise NotMeasurableError("the counts do not vary")
    weight = np.sqrt(stretches)
    return float(np.polyfit(np.log(lengths), np.log(rest), 1, w=weight)[0])


def hurst(time: Floats) -> float:
    """Hurst exponent of the counts, with the hours' profile divided out.

    ``dfa`` of the counts in 10 minutes, each divided by the mean count of its hour of the day,
    weekdays and weekends apart (UTC), so that day and week make no memory; 1 in an hour that is
    always empty. Needs 7 days. 0.5 to about 1.5. Poisson noise pulls it to 0.5 at low rates.

    ``time``: sorted seconds since a Monday, 00:00 UTC. Source of the range: RAGPulse, GenTD26,
    CollegeMsg, ServeGen.
    """
    first, counts = whole(time, BIN)
    if len(counts) < DAYS_NEEDED * DAY // BIN - CUT_OFF:
        raise NotMeasurableError(f"shorter than {DAYS_NEEDED} days")
    slot = slots(first, len(counts), BIN)
    with np.errstate(invalid="ignore"):
        usual = (np.bincount(slot, counts) / np.bincount(slot))[slot]
    level = np.divide(counts, usual, out=np.ones(len(counts)), where=usual > 0)
    return dfa(level)


STATISTICS = (
    Statistic(
        "A1", "local CV of gaps", lambda t: local_cv(t.time, t.window),
        (1.02, 12), (1.04, 1.06, 1.35, 1.44, 11.6),
    ),
    Statistic(
        "A2", "local memory of gaps", lambda t: local_memory(t.time, t.window),
        (0.015, 0.30), (0.0, 0.03, 0.08, 0.09, 0.18),
    ),
    Statistic(
        "A3", "Fano factor of 60 s counts", lambda t: fano(t.time),
        (1.2, 200), (1.40, 1.46, 16, 167),
    ),
    Statistic(
        "A4", "Hurst exponent, profile divided out", lambda t: hurst(t.dated),
        (0.58, 1.2), (0.63, 0.72, 0.83, 0.85, 1.14),
    ),
)  # fmt: skip
