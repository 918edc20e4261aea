"""Draws the sessions of a group of accounts in one time slice."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.units import MS_PER_HOUR, Millis
from shamcrowd.simulator.core.radix import stable_order
from shamcrowd.simulator.core.streams import bits, mixed, unit
from shamcrowd.simulator.traffic.profile_tables import SLOT_BITS, SLOTS, ProfileTables
from shamcrowd.simulator.traffic.session_starts import KNOTS, SessionStarts
from shamcrowd.simulator.traffic.workloads import Workloads

_SLOT = np.uint64(SLOTS - 1)


@dataclass
class Sessions:
    """Sessions by workload and, of each workload, in order of time; arrays of shape (n,).

    Attributes:
        workload: row of its workload.
        profile: row of its usage profile.
        start: ms.
        count: number of requests, at least 1.
        tempo: factor on its gaps.
        luck: 64 random bits, of which the lowest 48 are used up.
        more: 64 other random bits.
    """

    workload: npt.NDArray[np.int64]
    profile: npt.NDArray[np.int32]
    start: Millis
    count: npt.NDArray[np.int32]
    tempo: npt.NDArray[np.float32]
    luck: npt.NDArray[np.uint64]
    more: npt.NDArray[np.uint64]

    def __len__(self) -> int:
        return len(self.workload)


def draw_sessions(
    rng: np.random.Generator,
    workloads: Workloads,
    expected: npt.NDArray[np.float64],
    opened: Millis,
    begin: int,
    starts: SessionStarts,
    tables: ProfileTables,
) -> Sessions:
    """Draw sessions.

    Args:
        rng: the group's random stream for this slice.
        workloads: n workloads.
        expected: shape (n,), expected number of sessions in this slice.
        opened: shape (n,), time (ms) from which requests may be sent.
        begin: beginning of the slice, ms.
        starts: of this slice.
        tables: the usage profiles.
    """
    workload = np.repeat(np.arange(len(workloads)), rng.poisson(expected))
    word = bits(rng, len(workload))
    zoned_profile = workloads.zoned_profile.take(workload)
    knot = zoned_profile * (KNOTS + 1) + (word & np.uint64(KNOTS - 1)).astype(np.int64)
    part = ((word >> np.uint64(10)) & np.uint64(0x3FFF)).astype(np.float32) / 16384
    quantiles = starts.of(zoned_profile)
    low = quantiles.take(knot)
    hour = low + (quantiles.take(knot + 1) - low) * part
    start = begin + (hour * MS_PER_HOUR).astype(np.int64)
    profile = tables.profile_of(zoned_profile)
    if tables.clock_aligned:
        start = _align_to_clock(start, profile, word, tables)
    kept = (start >= opened.take(workload)) & (start < workloads.ends.take(workload))
    order = np.flatnonzero(kept)
    order = order.take(stable_order(start.take(order) - begin))
    order = order.take(stable_order(workload.take(order)))
    workload, word, profile = workload.take(order), word.take(order), profile.take(order)
    row = profile << SLOT_BITS
    return Sessions(
        workload,
        profile,
        start.take(order),
        tables.requests.take(row + ((word >> np.uint64(24)) & _SLOT).astype(np.int32)),
        tables.speed_sigma.take(row + ((word >> np.uint64(36)) & _SLOT).astype(np.int32)),
        word,
        mixed(word),
    )


def _align_to_clock(
    start: Millis,
    profile: npt.NDArray[np.int32],
    word: npt.NDArray[np.uint64],
    tables: ProfileTables,
) -> npt.NDArray[np.int64]:
    """Move session starts of clock-aligned profiles to just after a tick of the clock."""
    beat = tables.clock_period.take(profile)
    some = np.flatnonzero(beat)
    if not len(some):
        return start
    luck = unit(mixed(word.take(some), 1))
    delay = -np.log1p(-luck) * tables.clock_jitter.take(profile.take(some))
    tick = start.take(some) - start.take(some) % beat.take(some)
    moved = start.copy()
    moved[some] = tick + delay.astype(np.int64)
    return moved
