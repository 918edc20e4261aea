"""How far a fitted world is from its log: the same statistics, measured in both."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pyarrow as pa

from shamcrowd.benchmark.scoring.not_measurable import NotMeasurableError
from shamcrowd.benchmark.world_checks.fit_world import usage_statistics
from shamcrowd.benchmark.world_checks.fit_world.requests import LoggedRequests, logged_requests
from shamcrowd.benchmark.world_checks.realism.registry import statistics
from shamcrowd.benchmark.world_checks.realism.table import as_traffic
from shamcrowd.benchmark.world_checks.realism.traffic import RequestTraffic
from shamcrowd.recording.units import MS_PER_DAY


@dataclass(frozen=True)
class Compared:
    """One statistic of a log and of the world fitted to it.

    Attributes:
        id: of the realism card, or ``F`` and a number.
        name: what it is.
        log: its value in the log; None if it cannot be measured there.
        world: its value in the world.
        fitted: whether a parameter was fitted to it; the others come of themselves.
        reason: why it was not measured.
    """

    id: str
    name: str
    log: float | None
    world: float | None
    fitted: bool
    reason: str = ""

    @property
    def ratio(self) -> float | None:
        """The world's value over the log's; None if there is none."""
        if self.log is None or self.world is None or not self.log or not math.isfinite(self.log):
            return None
        return self.world / self.log


def compare(log: Path, world: Path, scale: float = 1.0) -> list[Compared]:
    """Measure the statistics of a log and of a recording of the world fitted to it.

    Those of the realism card that need no more than requests, and what was fitted.

    Args:
        log: the recording that was fitted to.
        world: a recording of the fitted scenario.
        scale: share of its accounts that it was played with.
    """
    played = logged_requests(world)
    pair = logged_requests(log), replace(played, share=played.share * scale)
    found = [
        Compared(f"F{number}", name, measure(pair[0]), measure(pair[1]), fitted=True)
        for number, (name, measure) in enumerate(_FITTED, 1)
    ]
    both = [_traffic(one) for one in pair]
    for statistic in statistics():
        values: list[float | None] = []
        reason = ""
        for traffic in both:
            try:
                values.append(statistic.measure(traffic))
            except NotMeasurableError as why:
                values.append(None)
                reason = str(why)
        found.append(Compared(statistic.id, statistic.name, values[0], values[1], False, reason))
    return found


def _traffic(log: LoggedRequests) -> RequestTraffic:
    order = np.argsort(log.time, kind="stable")
    columns = {"timestamp": pa.array(log.time[order], pa.timestamp("ms", tz="UTC")),
               "client": pa.array(log.account[order])}  # fmt: skip
    for name in ("input_tokens", "output_tokens", "conversation"):
        if name in log.columns:
            columns[name] = pa.array(log.columns[name][order])
    return as_traffic(pa.table(columns), "the log")


def _per_day(log: LoggedRequests) -> float:
    return len(log) / log.share / log.days


def _accounts(log: LoggedRequests) -> float:
    return len(log.created) / log.share


def _busiest(log: LoggedRequests) -> float:
    many = np.sort(np.bincount(log.account))[::-1]
    return float(many[: max(len(many) // 10, 1)].sum() / len(log))


def _days_used(log: LoggedRequests) -> float:
    day = (log.time - log.start) // MS_PER_DAY
    used = np.unique(log.account * (log.days + 1) + day)
    return len(used) / (len(log.created) * log.days)


def _median(log: LoggedRequests, column: str) -> float | None:
    values = log.columns.get(column)
    return None if values is None else float(np.median(values[values > 0]))


def _sharing(log: LoggedRequests) -> tuple[float, float]:
    return usage_statistics.sharing(usage_statistics.users_of_usual_address(log))


def _gap(log: LoggedRequests) -> float:
    return float(np.median(usage_statistics.gaps_and_pauses(log)[0]))


_FITTED: tuple[tuple[str, Callable[[LoggedRequests], float | None]], ...] = (
    ("requests a day", _per_day),
    ("accounts with a request", _accounts),
    ("sessions a day of an account", lambda t: len(t.session_starts) / (len(t.created) * t.days)),
    ("requests of a session, mean", lambda t: len(t) / len(t.session_starts)),
    ("share of sessions with one request", lambda t: float((np.bincount(t.session) == 1).mean())),
    ("share of requests of the busiest tenth", _busiest),
    ("days on which an account is seen, share", _days_used),
    ("seconds to the next request, median", _gap),
    ("input tokens, median", lambda t: _median(t, "input_tokens")),
    ("output tokens, median", lambda t: _median(t, "output_tokens")),
    (
        "accounts whose address is shared, share",
        lambda t: _sharing(t)[0],
    ),
    (
        "accounts of a shared address, mean",
        lambda t: _sharing(t)[1],
    ),
    ("weekend day over weekday", usage_statistics.weekend),
)
