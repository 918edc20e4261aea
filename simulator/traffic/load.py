"""How busy the platform is: answers of a model take longer in busy hours and slow spells.

The load belongs to the platform, whose other customers are not in the recording: it depends on the
model and the time alone, so that everybody feels the same and no slice or worker changes it.

Sources: nights of America are 30 to 40 % faster than weekdays from 8 to 14 h Eastern time, and
something that takes 4 s at 4 h takes 9 s at 10 h (tianpan.co, "Diurnal latency", May 2026); speeds
differ by up to 40 % within a day (flyflow, "Hidden rate limits", 2024); the worst hundredth of the
waits for a first token is 2 to 20 times the median (modelstats.ai, "LLM API latency spikes", 2026).
The form of the queue, and how many spells there are, is assumed.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.units import MS_PER_DAY, MS_PER_HOUR, MS_PER_MINUTE
from shamcrowd.simulator.core.streams import Streams
from shamcrowd.simulator.traffic.outages import Outage, draw_spells

STEP = 5 * MS_PER_MINUTE
"""The load is constant for so long, ms."""
_BY_HOUR = np.array(
    [38, 34, 31, 30, 31, 34, 42, 55, 64, 68, 70, 72,
     80, 93, 99, 100, 99, 96, 90, 80, 70, 60, 52, 45], np.float64,
)  # fmt: skip
"""Use by UTC hour, per cent of the busiest (assumed shape; peak as in the first source)."""
_WEEKEND = 0.7
_BUSIEST = 0.6, 0.72
"""Share of its capacity that a model uses in the busiest hour: cheapest and most expensive model
(assumed, so that the busiest hour is about twice as slow as the quietest)."""
_MOST = 0.92
_DAILY = 0.06
"""Sigma of a day's level (assumed)."""
_QUEUE = 0.5
"""Wait in a queue, in waits for a first token, where half of the capacity is used (assumed)."""
_SPELL_HOURS, _SPELL_SIGMA, _SPELL_MOST = 0.8, 0.9, 9.0
"""Length of a slow spell: median, sigma of its logarithm, most (assumed)."""
_SLOWEST = 1.5, 8.0
"""How much longer waits are at the worst of a spell: loguniform between these (second source)."""
_REFUSED = 0.004
"""Share of requests refused as overload for each further wait that a spell costs (assumed)."""
_OVERLOAD = 5.0
"""Waits that an outage by overload costs where all requests fail (assumed)."""
Floats = npt.NDArray[np.float32]


def draw_slow_spells(
    streams: Streams, start: int, end: int, models: int, monthly: float
) -> list[Outage]:
    """Spells in which a model, or all of them, answer slowly and refuse some requests.

    Args:
        streams: of the world.
        start: ms.
        end: ms.
        models: number of models.
        monthly: mean number in 30 days.
    """
    rng = streams("slow spells")
    begin, length, model = draw_spells(
        rng, start, end, models, monthly, (_SPELL_HOURS * 60, _SPELL_SIGMA, _SPELL_MOST * 60)
    )
    slowness = _SLOWEST[0] * (_SLOWEST[1] / _SLOWEST[0]) ** rng.random(len(begin))
    return [
        Outage(
            int(begin[i]), int(begin[i] + length[i]), int(model[i]),
            float(slowness[i] - 1) * _REFUSED, True, float(slowness[i]),
        )
        for i in range(len(begin))
    ]  # fmt: skip


class Load:
    """Factors on the wait for a first token and on the time for each further one.

    Their means over a quiet week are 1, so that a model's medians are those of `answer_times`.

    Args:
        streams: of the world.
        outages: outages and slow spells.
        start: start of the recording, ms.
        end: its end, ms.
        models: number of models, cheap to expensive.
    """

    def __init__(
        self, streams: Streams, outages: Sequence[Outage], start: int, end: int, models: int
    ) -> None:
        self._start = start
        self._steps = -(-(end - start) // STEP) + 1
        time = start + STEP * np.arange(self._steps)
        factor = _queue(_usage(streams, time, models))
        week = start // MS_PER_DAY * MS_PER_DAY + MS_PER_HOUR * np.arange(7 * 24)
        factor /= _queue(_busiest(models) * _curve(week)).mean(axis=1, keepdims=True)
        for one in outages:
            slower = one.slower if one.slower > 1 else 1 + _OVERLOAD * one.share * one.overloaded
            first, last = (one.begin - start) // STEP, (one.end - start) // STEP + 1
            at = time[max(first, 0) : last]
            form = one.form(at + STEP / 2)
            rows = slice(None) if one.model < 0 else slice(one.model, one.model + 1)
            factor[rows, max(first, 0) : last] *= 1 + (slower - 1) * form
        self._wait = factor.astype(np.float32).ravel()
        self._token = np.sqrt(factor).astype(np.float32).ravel()

    def index(
        self, steps: npt.NDArray[np.integer], model: npt.NDArray[np.integer]
    ) -> npt.NDArray[np.intp]:
        """Where steps since the start, and models, are in the tables; later ones: the last step."""
        row = np.minimum(np.maximum(steps, 0), self._steps - 1)
        index: npt.NDArray[np.intp] = row + model * np.intp(self._steps)
        return index

    def step(self, time: int) -> int:
        """Steps from the start of the recording to ``time``, ms."""
        return (time - self._start) // STEP

    def wait(self, index: npt.NDArray[np.intp]) -> Floats:
        """Factor on the wait for a first token."""
        return self._wait.take(index)

    def token(self, index: npt.NDArray[np.intp]) -> Floats:
        """Factor on the time for each token: more requests share a machine."""
        return self._token.take(index)


def _busiest(models: int) -> npt.NDArray[np.float64]:
    return np.linspace(*_BUSIEST, models)[:, None]


def _curve(time: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    """Use at a moment, as a share of the busiest hour's; between hours it is interpolated."""
    hour = time / MS_PER_HOUR % 24
    curve = np.interp(hour, np.arange(25), np.append(_BY_HOUR, _BY_HOUR[0]) / 100)
    day = (time // MS_PER_DAY + 3) % 7
    return np.asarray(np.where(day >= 5, _WEEKEND, 1.0) * curve)


def _usage(streams: Streams, time: npt.NDArray[np.int64], models: int) -> npt.NDArray[np.float64]:
    """Share of each model's capacity in use, shape (models, times)."""
    days = time // MS_PER_DAY - time[0] // MS_PER_DAY
    level = np.exp(_DAILY * streams("load").standard_normal((models, int(days[-1]) + 1)))
    return np.minimum(_busiest(models) * _curve(time) * level[:, days], _MOST)


def _queue(usage: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Waits with a queue, in those without: the mean number in an M/M/1 queue."""
    return 1 + _QUEUE * usage / (1 - usage)
