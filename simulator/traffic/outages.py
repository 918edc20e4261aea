"""Outages and slow spells: windows in which one model or all of them fail more often.

Source of the defaults: what status.claude.com showed from 1 to 16 April 2026 (dev.to, "Claude AI
April 2026 reliability"): 11 days with incidents; those of models lasted 70, 22, 20, 180 and 46
minutes, the longest of all six hours; 99.1 % uptime of the API over 90 days. Working hours of
Europe and America have more of them than nights and weekends (claude.huisman.io, from the same
page's history). The share of requests that fail is assumed, so that uptime comes to 99.5 to 99.9 %
(uptime pages of OpenAI and Anthropic in 2026).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.units import MS_PER_DAY, MS_PER_MINUTE, Millis
from shamcrowd.simulator.core.streams import Streams

MEDIAN_MINUTES = 46.0
_SIGMA = 0.9
_LONGEST = 8 * 60.0
"""Minutes (assumed)."""
_EVERYWHERE = 0.35
"""Share of outages that concern all models (assumed)."""
_OVERLOADED = 0.6
"""Share of outages that are overload, answered by 503 instead of 500 (assumed)."""
_LEAST, _MOST = 0.02, 0.95
"""Share of requests that fail at the worst moment: loguniform between these (assumed)."""
_BY_HOUR = np.array(
    [3, 3, 3, 3, 3, 3, 4, 6, 7, 7, 7, 6, 6, 8, 10, 10, 10, 9, 8, 7, 6, 5, 4, 3], np.float64
)
"""Weights by UTC hour: mornings of Europe and afternoons of America (assumed shape)."""
_WEEKEND = 0.5
_TRIES = 8
OF = 65_536
"""Shares of failing requests are kept in so many parts."""


@dataclass(frozen=True)
class Outage:
    """An outage, or a slow spell.

    Attributes:
        begin: ms.
        end: ms.
        model: number of the model; -1: all.
        share: share of requests that fail at the worst moment, 0 to 1.
        overloaded: whether failures say that the platform is overloaded.
        slower: factor on the wait for a first token at the worst moment of a slow spell; 1 for an
            outage.
    """

    begin: int
    end: int
    model: int
    share: float
    overloaded: bool
    slower: float = 1.0

    def form(self, time: npt.NDArray[np.floating]) -> npt.NDArray[np.float64]:
        """How bad it is at moments (ms) within it, 0.05 to 1.

        It grows to its worst within the first fifth and goes in the last half.
        """
        passed = (time - self.begin) / max(self.end - self.begin, MS_PER_MINUTE)
        return np.clip(np.minimum(passed / 0.2, (1 - passed) / 0.5), 0.05, 1.0)


def draw_outages(
    streams: Streams, start: int, end: int, models: int, monthly: float
) -> list[Outage]:
    """Draw the outages between two times (ms); ``monthly``: mean number in 30 days."""
    rng = streams("outages")
    begin, length, model = draw_spells(
        rng, start, end, models, monthly, (MEDIAN_MINUTES, _SIGMA, _LONGEST)
    )
    count = len(begin)
    share = _LEAST * (_MOST / _LEAST) ** rng.random(count)
    overloaded = rng.random(count) < _OVERLOADED
    return [
        Outage(
            int(begin[i]), int(begin[i] + length[i]), int(model[i]), float(share[i]),
            bool(overloaded[i]),
        )
        for i in range(count)
    ]  # fmt: skip


def draw_spells(
    rng: np.random.Generator,
    start: int,
    end: int,
    models: int,
    monthly: float,
    minutes: tuple[float, float, float],
) -> tuple[Millis, Millis, npt.NDArray[np.int64]]:
    """Draw windows of trouble, more of them in working hours.

    Args:
        rng: a random stream.
        start: ms.
        end: ms.
        models: number of models.
        monthly: mean number in 30 days.
        minutes: median of their length, sigma of its logarithm, and most.

    Returns:
        For each the beginning, ms, the length, ms, and the model, -1: all.
    """
    # Candidates for the busiest hour of the week, thinned out for all others.
    candidates = rng.poisson(_TRIES * monthly * (end - start) / (30 * MS_PER_DAY))
    begin = np.sort(start + (rng.random(candidates) * (end - start)).astype(np.int64))
    hour, day = begin // (60 * MS_PER_MINUTE) % 24, (begin // MS_PER_DAY + 3) % 7
    weight = _BY_HOUR[hour] * np.where(day >= 5, _WEEKEND, 1.0)
    kept = rng.random(candidates) < weight / _mean_weight() / _TRIES
    median, sigma, most = minutes
    length = np.minimum(median * np.exp(sigma * rng.standard_normal(candidates)), most)
    model = np.where(
        rng.random(candidates) < _EVERYWHERE, -1, rng.integers(models, size=candidates)
    )
    return begin[kept], (length[kept] * MS_PER_MINUTE).astype(np.int64), model[kept]


def _mean_weight() -> float:
    return float(_BY_HOUR.mean() * (5 + 2 * _WEEKEND) / 7)


class FailingShares:
    """Share of failing requests by model and minute.

    Args:
        outages: all outages of the recording.
        start: start of the recording, ms.
        end: its end, ms.
        models: number of models.
    """

    def __init__(self, outages: list[Outage], start: int, end: int, models: int) -> None:
        self._start = start
        self._minutes = -(-(end - start) // MS_PER_MINUTE) + 1
        share = np.zeros((models, self._minutes))
        overloaded = np.zeros((models, self._minutes), np.bool_)
        for one in outages:
            first = (one.begin - start) // MS_PER_MINUTE
            last = min((one.end - start) // MS_PER_MINUTE + 1, self._minutes)
            form = one.form(one.begin + (np.arange(last - first) + 0.5) * MS_PER_MINUTE)
            rows = slice(None) if one.model < 0 else slice(one.model, one.model + 1)
            part = share[rows, first:last]
            worse = one.share * form > part
            overloaded[rows, first:last] = np.where(
                worse, one.overloaded, overloaded[rows, first:last]
            )
            share[rows, first:last] = np.maximum(part, one.share * form)
        self._shares = (share * OF).astype(np.int32).ravel()
        self._overloaded = overloaded.ravel()
        self._passed = np.concatenate([[0], np.cumsum(share.any(axis=0))])

    def between(self, first: int, last: int) -> bool:
        """Whether requests fail more often at any time from ``first`` to ``last``, ms."""
        low, high = ((time - self._start) // MS_PER_MINUTE for time in (first, last))
        low, high = min(low, self._minutes - 1), min(high, self._minutes - 1)
        return bool(self._passed[high + 1] > self._passed[low])

    def index(self, time: Millis, model: npt.NDArray[np.integer]) -> npt.NDArray[np.intp]:
        """Where a time (ms) and model are in the tables; later than the end: the last minute."""
        minute = np.minimum((time - self._start) // MS_PER_MINUTE, self._minutes - 1)
        index: npt.NDArray[np.intp] = minute + model * np.int64(self._minutes)
        return index

    def share(self, index: npt.NDArray[np.intp]) -> npt.NDArray[np.int32]:
        """Failing requests, in `OF` parts."""
        return self._shares.take(index)

    def overloaded(self, index: npt.NDArray[np.intp]) -> npt.NDArray[np.bool_]:
        """Whether failures say that the platform is overloaded."""
        return self._overloaded.take(index)
