"""Usage profiles compiled into quantile tables: a draw is a look-up by random bits.

A table look-up takes a third of the time of numpy's lognormal, and gives the same value on every
machine. Lengths are kept as logarithms in fixed point (1/512), so that adding effects is integer
arithmetic.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

from shamcrowd.simulator.core.normal_quantiles import normal_quantiles
from shamcrowd.simulator.core.streams import Streams
from shamcrowd.simulator.core.time_zones import LocalHours
from shamcrowd.simulator.traffic.session_starts import SessionStarts
from shamcrowd.simulator.traffic.usage_profile import ENDPOINTS, TOPICS, Lognormal, UsageProfile

SLOT_BITS = 12
SLOTS = 1 << SLOT_BITS
LOG_UNIT = 512
TURN_CAP = 63
"""Inputs grow with the number of the turn up to this one."""
_TURN_SPREAD = 0.1
"""Sigma of the logarithm of inputs between turns of a conversation, besides growth: a turn holds
all turns before it, so that most inputs are longer than the one before (T5 of `realism`; assumed).
"""
PROMPT_VARIATION_LEVELS = 7
STRAY = 0.05
"""Share of conversations on any topic, whatever the account is for (assumed)."""


@cache
def _normal() -> npt.NDArray[np.float64]:
    """Standard normal quantiles at the middle of each slot, shape (SLOTS,)."""
    return normal_quantiles((np.arange(SLOTS) + 0.5) / SLOTS)


def quantiles(quantity: Lognormal) -> npt.NDArray[np.float64]:
    """Values at the middle of each of the ``SLOTS`` equally likely slots."""
    return np.minimum(quantity.median * np.exp(quantity.sigma * _normal()), quantity.cap)


def log_fixed(values: npt.ArrayLike) -> npt.NDArray[np.int16]:
    """Natural logarithms in fixed point."""
    return np.round(np.log(np.maximum(values, 1.0)) * LOG_UNIT).astype(np.int16)


def with_strays(topics: Mapping[str, float]) -> list[float]:
    """Weights of `TOPICS`: those given, and a little of every other topic.

    >>> weights = with_strays({"writing": 2.0})
    >>> len(weights) == len(TOPICS), round(min(weights) * len(TOPICS), 3), round(sum(weights), 3)
    (True, 0.05, 1.0)
    """
    whole = sum(topics.values())
    return [(1 - STRAY) * topics.get(t, 0.0) / whole + STRAY / len(TOPICS) for t in TOPICS]


def shares(weights: Sequence[float], slots: int = SLOTS) -> npt.NDArray[np.int8]:
    """Return a table in which entry i fills its share of the slots.

    >>> np.bincount(shares([1, 3], slots=8)).tolist()
    [2, 6]
    """
    edges = np.cumsum(np.asarray(weights, float)) / np.sum(weights)
    return np.searchsorted(edges, (np.arange(slots) + 0.5) / slots).astype(np.int8)


def normal(words: npt.NDArray[np.integer]) -> npt.NDArray[np.float64]:
    """Standard normal values for 12-bit slots."""
    values: npt.NDArray[np.float64] = _normal()[words]
    return values


def _flips() -> npt.NDArray[np.uint64]:
    """Masks of flipped sketch bits by prompt variation: 0 flips none, each step doubles them."""
    rng = Streams(0)("flips")
    table = np.zeros((PROMPT_VARIATION_LEVELS, SLOTS), np.uint64)
    for level, share in enumerate((0.0, 1 / 64, 1 / 32, 1 / 16, 1 / 8, 1 / 4, 1 / 2)):
        flips = rng.random((SLOTS, 64)) < share
        table[level] = (flips << np.arange(64, dtype=np.uint64)).sum(axis=1, dtype=np.uint64)
    return table


_WEEK_HOURS = 168


class ProfileTables:
    """All usage profiles of a world, row by row, flattened: ``row * SLOTS + bits`` finds a value.

    Pairs of usage profile and class of time zones ("zoned profiles") have an hourly profile each:
    `hours` gives the share of a day's sessions in each hour.
    """

    def __init__(self, usage_profiles: Sequence[UsageProfile], local_hours: LocalHours) -> None:
        self.usage_profiles = tuple(usage_profiles)
        self._local_hours = local_hours
        count = len(self.usage_profiles)

        def stacked(name: str, kind: npt.DTypeLike, scale: float = 1.0) -> npt.NDArray[np.float32]:
            rows = [quantiles(getattr(h, name)) * scale for h in self.usage_profiles]
            return np.concatenate(rows).astype(kind)

        self.requests = np.maximum(stacked("requests", np.float64).round(), 1).astype(np.int32)
        self.gap = stacked("gap", np.float32, 1000.0)
        self.pause = stacked("pause", np.float32, 1000.0)
        self.speed_sigma = np.concatenate(
            [np.exp(h.speed_sigma * _normal()) for h in usage_profiles]
        ).astype(np.float32)
        self.mean_requests = self.requests.reshape(count, SLOTS).mean(axis=1)
        # The last of 65,536 equally likely numbers with which a conversation is new: all of them
        # for profiles of one turn, whose share alone would not fit 16 bits.
        share = np.array([65536 / max(h.turns, 1.0) for h in usage_profiles])
        self.last_fresh = (np.maximum(share, 1) - 1).astype(np.uint16)
        self.reading = np.array([h.reading * 1000 for h in usage_profiles], np.float32)
        self.handover = np.array([h.handover * 65536 for h in usage_profiles]).astype(np.int32)
        self.taken_up = np.array(
            [h.taken_up * (1 - 1 / max(h.turns, 1.0)) * 65536 for h in usage_profiles]
        ).astype(np.int32)
        self.prompt = np.concatenate(
            [np.round(h.prompt.sigma * _normal() * LOG_UNIT) for h in usage_profiles]
        ).astype(np.int16)
        self.answer = np.concatenate(
            [np.round(h.answer.sigma * _normal() * LOG_UNIT) for h in usage_profiles]
        ).astype(np.int16)
        self.turn = np.round(_TURN_SPREAD * _normal() * LOG_UNIT).astype(np.int16)
        turns = np.log1p(np.arange(TURN_CAP + 1))
        self.growth = np.concatenate(
            [np.round(h.growth * turns * LOG_UNIT) for h in usage_profiles]
        )
        self.growth = self.growth.astype(np.int16)
        self.topic = np.concatenate([shares(with_strays(h.topics)) for h in usage_profiles])
        self.endpoint = np.concatenate([shares(h.endpoint, 256) for h in usage_profiles])
        self.favourite_share = np.array([h.favourite_share * 256 for h in usage_profiles]).astype(
            np.int32
        )
        self.prefix = np.array([h.prefix for h in usage_profiles], np.float32)
        self.streams, self.caches, self.mixed = (
            np.round(np.array([getattr(h, name) for h in usage_profiles]) * 65536).astype(np.int32)
            for name in ("streams", "caches", "mixed")
        )
        self.log_ins = np.array([h.log_ins * 65536 for h in usage_profiles]).astype(np.int32)
        self.prompt_variation = np.array([h.prompt_variation for h in usage_profiles], np.int64)
        self.abusive = np.array([h.abusive for h in usage_profiles])
        self.clock_period = np.array([h.clock_period * 1000 for h in usage_profiles], np.int64)
        self.clock_jitter = np.array([h.clock_jitter * 1000 for h in usage_profiles])
        self.clock_aligned = bool(self.clock_period.any())
        self.flips = _flips().ravel()
        self._week = np.stack([self._profile(h) for h in usage_profiles])
        assert len(ENDPOINTS) == 3
        self._slice: tuple[tuple[int, int], npt.NDArray[np.float64], SessionStarts] | None = None

    def class_of(
        self, profile: npt.ArrayLike, zone: npt.NDArray[np.integer]
    ) -> npt.NDArray[np.int32]:
        """Row of the zoned profile for usage profiles and time-zone codes."""
        classes = self._local_hours.class_of[zone]
        rows: npt.NDArray[np.int32] = np.add(
            np.multiply(profile, self._local_hours.classes), classes
        ).astype(np.int32)
        return rows

    def profile_of(self, zoned_profile: npt.NDArray[np.integer]) -> npt.NDArray[np.int32]:
        """Usage profile of zoned-profile rows."""
        return (zoned_profile // self._local_hours.classes).astype(np.int32)

    @staticmethod
    def _profile(profile: UsageProfile) -> npt.NDArray[np.float64]:
        """Return 169 weights by local hour of the week (Monday first); the mean day sums to 1.

        The last repeats the first.
        """
        days = [1.0] * 5 + [profile.weekend] * 2
        week = np.concatenate([np.array(profile.hours, float) * day for day in days])
        scaled: npt.NDArray[np.float64] = week / week.sum() * 7
        return np.append(scaled, scaled[0])

    def hours(
        self, first_hour: int, count: int, rows: npt.NDArray[np.integer] | None = None
    ) -> npt.NDArray[np.float64]:
        """Weights (zoned profile, hour) of ``count`` hours from ``first_hour`` after the start.

        ``rows`` are the zoned profiles that are wanted; None: all, in their order.
        """
        local = self._local_hours
        there = local.hour.shape[1]
        at: slice | npt.NDArray[np.int64]
        if first_hour + count > there:
            # Campaigns plan beyond the recording: as in its last week.
            at = np.arange(first_hour, first_hour + count)
            week = min(_WEEK_HOURS, there)
            at = np.where(at < there, at, there - week + (at - there) % week)
        else:
            at = slice(first_hour, first_hour + count)
        hour, part = local.hour[:, at], local.part[:, at]
        # Where clocks are half an hour off, an hour has half of either local hour.
        if rows is not None:
            profile, zones = np.divmod(rows, local.classes)
            week, hour, part = self._week[profile], hour[zones], part[zones]
            now, following = (np.take_along_axis(week, hour + step, axis=1) for step in (0, 1))
            some: npt.NDArray[np.float64] = now * (1 - part) + following * part
            return some
        weights = self._week[:, hour] * (1 - part) + self._week[:, hour + 1] * part
        return weights.reshape(-1, count)

    def slice_of(
        self, first_hour: int, count: int
    ) -> tuple[npt.NDArray[np.float64], SessionStarts]:
        """Return total weights and session starts of ``count`` hours, kept until the next slice.

        ``first_hour`` is counted from the start of the recording.
        """
        if self._slice is None or self._slice[0] != (first_hour, count):
            hours = self.hours(first_hour, count)
            self._slice = (first_hour, count), hours.sum(axis=1), SessionStarts(hours)
        return self._slice[1:]
