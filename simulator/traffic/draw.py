"""Draws sessions, conversations and requests of one group of accounts in one time slice.

Everything is drawn in order of creation for a whole group at once and sorted by time only
afterwards, so the rows of a group depend on its own random stream alone.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.units import MS_PER_HOUR, Millis
from shamcrowd.simulator.core.handles import Counter, Ids
from shamcrowd.simulator.core.streams import bits, mixed, unit
from shamcrowd.simulator.traffic.profile_tables import (
    LOG_UNIT,
    SLOT_BITS,
    SLOTS,
    TURN_CAP,
    ProfileTables,
    normal,
)
from shamcrowd.simulator.traffic.traffic_rows import (
    Conversations,
    GroupTraffic,
    LogIns,
    RequestRows,
)
from shamcrowd.simulator.traffic.workloads import Workloads

_KNOTS = 1024
_U16 = np.uint64(0xFFFF)
_SLOT = np.uint64(SLOTS - 1)
_MISTYPED = np.uint64(round(0.06 * 65536))
"""Share of log-ins with one wrong password first (assumed), in 65,536ths."""


class Draw:
    """The sampling kernel: workloads and their expected sessions in, sessions and requests out."""

    def __init__(
        self, tables: ProfileTables, seed_key: int, sessions: Ids, conversations: Ids, clients: Ids
    ) -> None:
        self._tables = tables
        self._session_ids = sessions
        self._conversation_ids = conversations
        self._client_ids = clients
        self._topic_sketch = mixed(np.arange(64, dtype=np.uint64), seed_key)
        self._pace = np.concatenate([tables.gap, tables.pause])

    def __call__(
        self,
        rng: np.random.Generator,
        workloads: Workloads,
        expected: npt.NDArray[np.float64],
        opened: Millis,
        begin: int,
        starts: npt.NDArray[np.float32],
        addresses: npt.NDArray[np.int64],
        address_ids: npt.NDArray[np.int32],
        counters: tuple[Counter, Counter],
    ) -> GroupTraffic:
        """Draw one slice.

        Args:
            rng: the group's random stream for this slice.
            workloads: n workloads.
            expected: shape (n,), expected number of sessions in this slice.
            opened: shape (n,), time (ms) from which requests may be sent.
            begin: beginning of the slice, ms.
            starts: quantiles of the session start within the slice (`ProfileTables.starts`).
            addresses: handles of the shard's address list.
            address_ids: ids of these addresses.
            counters: handle counters of sessions and conversations.
        """
        tables = self._tables
        workload = np.repeat(np.arange(len(workloads)), rng.poisson(expected))
        word = bits(rng, len(workload))
        zoned_profile = workloads.zoned_profile.take(workload)
        knot = zoned_profile * (_KNOTS + 1) + (word & np.uint64(_KNOTS - 1)).astype(np.int64)
        part = ((word >> np.uint64(10)) & np.uint64(0x3FFF)).astype(np.float32) / 16384
        low = starts.take(knot)
        hour = low + (starts.take(knot + 1) - low) * part
        start = begin + (hour * MS_PER_HOUR).astype(np.int64)
        profile = tables.profile_of(zoned_profile)
        if tables.clock_aligned:
            start = self._align_to_clock(start, profile, word)
        out = (start < opened.take(workload)) | (start >= workloads.ends.take(workload))
        if out.any():
            inside = np.flatnonzero(~out)
            workload, word, profile = workload.take(inside), word.take(inside), profile.take(inside)
            start = start.take(inside)

        row = profile << SLOT_BITS
        count = tables.requests.take(row + ((word >> np.uint64(24)) & _SLOT).astype(np.int32))
        tempo = tables.speed_sigma.take(row + ((word >> np.uint64(36)) & _SLOT).astype(np.int32))
        chance = ((word >> np.uint64(48)) & _U16).astype(np.int64)
        # The first address is home, with two thirds of the sessions; the rest use the others.
        slots = workloads.slots.take(workload)
        roam = np.where(chance < 43691, 0, (chance * 3 - 131072) * slots >> 16).clip(0)
        place = workloads.slot.take(workload) + np.where(slots > 64, chance * slots >> 16, roam)

        total = int(count.sum())
        luck = bits(rng, total)
        pace = bits(rng, total)
        profile_row = np.repeat(row, count)
        fresh = (pace & _U16).astype(np.uint16) < np.repeat(tables.fresh[profile], count)
        first = np.cumsum(count) - count
        fresh[first] = True
        pick = profile_row + ((pace >> np.uint64(16)) & _SLOT).astype(np.int32)
        pick += fresh * np.int32(len(tables.gap))
        gap = self._pace.take(pick) * np.repeat(tempo, count)
        gap[first] = 0
        elapsed = np.cumsum(gap, dtype=np.float64)
        base = np.repeat(start - elapsed[first], count)
        time = (base + elapsed).astype(np.int64)

        opens = np.flatnonzero(fresh)
        length = np.diff(opens, append=total)
        turn = np.arange(total) - np.repeat(opens, length)
        session = (
            np.repeat(np.arange(len(workload)), np.add.reduceat(fresh, first, dtype=np.int64))
            if total
            else np.empty(0, np.int64)
        )
        rows = RequestRows(
            time,
            np.repeat(np.arange(len(opens), dtype=np.int32), length),
            np.minimum(turn, TURN_CAP).astype(np.int16),
            luck,
        )
        own = self._session_ids(counters[0].take(len(workload)))
        conversations = self._conversations(
            workloads,
            workload,
            session,
            profile,
            own,
            address_ids.take(place),
            pace.take(opens),
            luck.take(opens),
            time.take(opens),
            counters[1],
        )
        more = mixed(word)
        wants = np.flatnonzero((more & _U16).astype(np.int32) < tables.log_ins[profile])
        failed = (more[wants] >> np.uint64(16)) & _U16 < _MISTYPED
        log_ins = LogIns(
            start[wants], workloads.account[workload[wants]], address_ids[place[wants]], failed
        )
        return GroupTraffic(conversations, rows, log_ins, addresses.take(place), start)

    def _conversations(
        self,
        workloads: Workloads,
        workload: npt.NDArray[np.int64],
        session: npt.NDArray[np.int64],
        profile: npt.NDArray[np.int32],
        session_id: npt.NDArray[np.int32],
        address_id: npt.NDArray[np.int32],
        pace: npt.NDArray[np.uint64],
        luck: npt.NDArray[np.uint64],
        time: Millis,
        counter: Counter,
    ) -> Conversations:
        tables = self._tables
        whose = workload.take(session)
        kind = profile.take(session)
        # The upper bits of ``pace`` are still unused; a hash of both words gives more bits.
        more = mixed(pace ^ (luck << np.uint64(1)))
        slot = (kind << SLOT_BITS) + ((pace >> np.uint64(28)) & _SLOT).astype(np.int32)
        loyal = ((pace >> np.uint64(40)) & np.uint64(0xFF)).astype(
            np.int32
        ) < tables.favourite_share.take(kind)
        topic = np.where(loyal, workloads.topic.take(whose), tables.topic.take(slot))
        endpoint = tables.endpoint.take(
            (kind << 8) + ((pace >> np.uint64(48)) & np.uint64(0xFF)).astype(np.int32)
        )
        switched = time >= workloads.switch.take(whose)
        model = np.where(switched, workloads.next_model.take(whose), workloads.model.take(whose))
        templates = workloads.templates.take(whose).astype(np.uint64)
        # Squared, so that some templates are common and most are rare.
        where = (more >> np.uint64(32)).astype(np.float64) / 2**32
        chosen = (where * where * templates).astype(np.uint64)
        template = mixed(workloads.family.take(whose).astype(np.uint64) + chosen)
        # Templates and free-form prompts differ from their topic's sketch in a quarter of the bits.
        words = np.where(templates > 0, template, more)
        sketch = self._topic_sketch.take(topic) ^ (words & mixed(words))
        spread = normal(((more >> np.uint64(4)) & _SLOT).astype(np.int64))
        return Conversations(
            account=workloads.account.take(whose),
            key=workloads.key.take(whose),
            session=session_id.take(session),
            conversation=self._conversation_ids(counter.take(len(session))),
            address=address_id.take(session),
            client=self._client_ids(workloads.client).take(whose),
            model=model,
            endpoint=endpoint,
            topic=topic,
            sketch=sketch,
            prompt=(workloads.prompt.take(whose) + spread * (0.5 * LOG_UNIT)).astype(np.int16),
            answer=workloads.answer.take(whose),
            profile=kind,
            ends=workloads.ends.take(whose),
        )

    def _align_to_clock(
        self,
        start: Millis,
        profile: npt.NDArray[np.int32],
        word: npt.NDArray[np.uint64],
    ) -> npt.NDArray[np.int64]:
        """Move session starts of clock-aligned profiles to just after a tick of the clock."""
        beat = self._tables.clock_period.take(profile)
        some = np.flatnonzero(beat)
        if not len(some):
            return start
        luck = unit(mixed(word.take(some), 1))
        delay = -np.log1p(-luck) * self._tables.clock_jitter.take(profile.take(some))
        tick = start.take(some) - start.take(some) % beat.take(some)
        moved = start.copy()
        moved[some] = tick + delay.astype(np.int64)
        return moved
