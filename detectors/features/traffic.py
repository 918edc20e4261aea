"""Features of an account's requests: number, size, times, gaps and topics."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from shamcrowd.detectors.features.batch import RequestBatch
from shamcrowd.detectors.features.peaks import Peaks
from shamcrowd.detectors.features.prompts import BitCounts
from shamcrowd.detectors.features.sums import CategoryCounts, Sums
from shamcrowd.detectors.features.table import IDLE
from shamcrowd.recording.units import MS_PER_HOUR, MS_PER_MINUTE, Millis

NEAR_BITS = 12
NIGHT = 6
HOURS = 24


class TrafficFeatures:
    """Running sums over the requests of each account."""

    def __init__(self) -> None:
        self._sum = Sums(
            requests=0, input=0, output=0, input2=0, output2=0, failed=0, gaps=0, gap=0, gap2=0,
            seconds=0, seconds2=0, same=0, conversation=0, offset=0, begun=-1, ended=-1,
        )  # fmt: skip
        self._last_sketch = np.empty(0, np.uint64)
        self._last_conversation = np.empty(0, np.int64)
        self._peaks = Peaks(MS_PER_HOUR)
        self._days = Peaks(HOURS * MS_PER_HOUR)
        self._hours, self._bits = CategoryCounts(), BitCounts()
        self._seen: dict[str, dict[str, int]] = {"topic": {}, "model": {}}
        self._counts = {name: CategoryCounts() for name in self._seen}

    def grow(self, offset: npt.NDArray[np.int64]) -> None:
        """Add new accounts; ``offset`` has their time zones in minutes east of UTC."""
        old = len(self._last_sketch)
        n = old + len(offset)
        for held in (self._sum, self._peaks, self._days, self._hours, self._bits):
            held.grow(n)
        for counts in self._counts.values():
            counts.grow(n)
        self._sum["offset"][old:] = offset * MS_PER_MINUTE
        more = np.zeros(len(offset), np.int64)
        self._last_sketch = np.concatenate([self._last_sketch, more.astype(np.uint64)])
        self._last_conversation = np.concatenate([self._last_conversation, more - 1])

    def add(self, batch: RequestBatch) -> None:
        """Add rows of requests."""
        total, who = self._sum, batch.who
        total["requests"][who] += batch.count
        for name in ("input", "output"):
            values = np.log1p(batch.column(f"{name}_tokens"))
            total[name][who] += batch.sums(values)
            total[f"{name}2"][who] += batch.sums(values * values)
        total["failed"][who] += batch.sums(batch.column("status") != 200)
        local = batch.time + total["offset"][batch.place].astype(np.int64)
        self._hours.add(batch.place, local // MS_PER_HOUR % HOURS, HOURS)
        self._gaps(batch)
        for peaks in (self._peaks, self._days):
            peaks.add(batch.place, batch.time)
        for name, counts in self._counts.items():
            counts.add(batch.place, batch.codes(name, self._seen[name]), len(self._seen[name]))
        self._bits.add(batch)
        begun = total["begun"][who]
        total["begun"][who] = np.where(begun < 0, batch.time[batch.first], begun)
        total["ended"][who] = batch.time[batch.ends]
        self._last_sketch[who] = batch.sketch[batch.ends]

    def _gaps(self, batch: RequestBatch) -> None:
        total, who = self._sum, batch.who
        before = batch.before(total["ended"], batch.time)
        known = before >= 0
        seconds = np.where(known, (batch.time - before) / 1000.0, 0.0)
        gap = np.log1p(seconds)
        prompt = batch.before(self._last_sketch, batch.sketch)
        near = known & (np.bitwise_count(batch.sketch ^ prompt) <= NEAR_BITS)
        conversation = batch.column("conversation").astype(np.int64)
        goes_on = known & (conversation == batch.before(self._last_conversation, conversation))
        for name, values in (
            ("gaps", known), ("gap", gap), ("gap2", gap * gap), ("seconds", seconds),
            ("seconds2", seconds * seconds), ("same", near), ("conversation", goes_on),
        ):  # fmt: skip
            total[name][who] += batch.sums(values)
        self._last_conversation[who] = conversation[batch.ends]

    def columns(self, created: Millis) -> dict[str, npt.NDArray[Any]]:
        """Return columns of the feature table, each of shape (accounts,)."""
        total = self._sum
        requests, gaps = np.maximum(total["requests"], 1), np.maximum(total["gaps"], 1)
        used = total["requests"] > 0
        mean, spread = _moments(total["gap"], total["gap2"], gaps)
        middle, width = _moments(total["seconds"], total["seconds2"], gaps)
        apart = np.maximum(middle + width, 1e-9)
        return {
            "requests": np.log1p(total["requests"]),
            "days": self._days.units,
            "daily": np.log1p(total["requests"] / np.maximum(self._days.units, 1)),
            "peak": np.log1p(self._peaks.peak),
            "wait": _hours(np.where(used, total["begun"] - created, 0)),
            IDLE: np.where(used, total["ended"], created),
            "input": total["input"] / requests,
            "input_spread": _moments(total["input"], total["input2"], requests)[1],
            "output": total["output"] / requests,
            "output_spread": _moments(total["output"], total["output2"], requests)[1],
            "failed": total["failed"] / requests,
            "night": self._hours.counts[:, :NIGHT].sum(axis=1) / requests,
            "hours": self._hours.entropy,
            "gap": mean,
            "gap_spread": spread,
            "burstiness": np.where(total["gaps"] > 0, (width - middle) / apart, 0.0),
            "same_prompt": total["same"] / gaps,
            "same_conversation": total["conversation"] / gaps,
            "prompt_likeness": self._bits.likeness,
            "topics": self._counts["topic"].distinct,
            "topic_entropy": self._counts["topic"].entropy,
            "models": self._counts["model"].distinct,
        }


def _hours(ms: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
    hours: npt.NDArray[np.float64] = np.log1p(np.maximum(ms, 0) / MS_PER_HOUR)
    return hours


def _moments(
    total: npt.NDArray[Any], squares: npt.NDArray[Any], count: npt.NDArray[Any]
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Mean and standard deviation."""
    mean = total / count
    return mean, np.sqrt(np.maximum(squares / count - mean * mean, 0))
