"""Draws conversations and requests of one group of accounts in one time slice.

Everything is drawn in order of creation for a whole group at once and sorted by time only
afterwards, so the rows of a group depend on its own random stream alone.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.units import Millis
from shamcrowd.simulator.core.handles import Counter, Ids
from shamcrowd.simulator.core.streams import Streams, bits
from shamcrowd.simulator.lifecycle.log_ins import MISTYPED
from shamcrowd.simulator.traffic.answer_times import AnswerTimes
from shamcrowd.simulator.traffic.conversation_memory import Content, ConversationMemory
from shamcrowd.simulator.traffic.conversations import Contents
from shamcrowd.simulator.traffic.failures import Failures, Requests, Retries
from shamcrowd.simulator.traffic.handover import pick, places
from shamcrowd.simulator.traffic.keys_in_use import keys_in_use
from shamcrowd.simulator.traffic.profile_tables import SLOT_BITS, SLOTS, TURN_CAP, ProfileTables
from shamcrowd.simulator.traffic.sessions import Sessions, draw_sessions
from shamcrowd.simulator.traffic.token_counts import FRACTION_BITS, INPUTS, OUTPUTS
from shamcrowd.simulator.traffic.traffic_rows import (
    Conversations,
    GroupTraffic,
    LogIns,
    RequestRows,
)
from shamcrowd.simulator.traffic.usage_profile import BATCH, EMBEDDINGS
from shamcrowd.simulator.traffic.workloads import Workloads

_SLOT = SLOTS - 1
_U16 = np.uint64(0xFFFF)
_FRACTION = (1 << FRACTION_BITS) - 1
_MISTYPED = np.uint64(round(MISTYPED * 65536))
Ints = npt.NDArray[np.int64]


@dataclass
class GroupState:
    """What a group's workloads keep from slice to slice, besides their rows.

    Attributes:
        memory: the last conversation of each.
        error_factor: shape (n,), factor on the rate of server errors.
        retries: shape (n,), retries of its client at most.
        counters: handles of sessions, conversations and requests.
    """

    memory: ConversationMemory
    error_factor: npt.NDArray[np.float32]
    retries: npt.NDArray[np.int8]
    counters: tuple[Counter, Counter, Counter]


class Draw:
    """The sampling kernel: workloads and their expected sessions in, sessions and requests out."""

    def __init__(
        self,
        tables: ProfileTables,
        streams: Streams,
        clients: Ids,
        times: AnswerTimes,
        failures: Failures,
    ) -> None:
        self._tables = tables
        self._ids = [Ids(streams, kind) for kind in ("session", "conversation", "request")]
        self._clients = clients
        self._contents = Contents(tables, streams.key("topics"))
        self._times = times
        self._failures = failures
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
        state: GroupState,
    ) -> GroupTraffic | None:
        """Draw one slice; None if there is no session.

        Args:
            rng: the group's random stream for this slice.
            workloads: n workloads.
            expected: shape (n,), expected number of sessions in this slice.
            opened: shape (n,), time (ms) from which requests may be sent.
            begin: beginning of the slice, ms.
            starts: quantiles of the session start within the slice (`ProfileTables.starts`).
            addresses: handles of the shard's address list.
            address_ids: ids of these addresses.
            state: what the group keeps.
        """
        tables = self._tables
        sessions = draw_sessions(rng, workloads, expected, opened, begin, starts, tables)
        if not len(sessions):
            return None
        count = sessions.count
        total = int(count.sum())
        luck, pace = bits(rng, total), bits(rng, total)
        first = np.cumsum(count) - count
        fresh = (pace & _U16).astype(np.int32) < np.repeat(
            tables.fresh.take(sessions.profile), count
        )
        fresh[first] = True
        opens = np.flatnonzero(fresh)
        length = np.diff(opens, append=total)
        each = np.add.reduceat(fresh, first, dtype=np.int64)
        session = np.repeat(np.arange(len(sessions)), each)
        opening = np.cumsum(each) - each

        content = self._contents(workloads, sessions, session, pace.take(opens), luck.take(opens))
        content.conversation[:] = self._ids[1](state.counters[1].take(len(opens)))
        wants = (sessions.more >> np.uint64(48)).astype(np.int32) < tables.taken_up.take(
            sessions.profile
        )
        before = state.memory.take_up(
            wants, sessions.workload, sessions.start, opening, length, content
        )
        whose = sessions.workload
        model = np.where(
            sessions.start >= workloads.switch.take(whose),
            workloads.next_model.take(whose),
            workloads.model.take(whose),
        )
        row = np.repeat(sessions.profile << SLOT_BITS, count)
        tokens = self._tokens(
            row, content, workloads.answer.take(whose).take(session),
            np.arange(total) - np.repeat(opens - before, length), length, luck, pace,
        )  # fmt: skip
        load = ((sessions.more >> np.uint64(20)) & np.uint64(_SLOT)).astype(np.int64)
        quick = (pace >> np.uint64(28)).astype(np.int64)
        duration = self._times(
            model.take(session), content.endpoint, load.take(session), length, tokens, quick
        )
        time = self._times_of_requests(sessions, first, row, fresh, pace, duration, tokens[1])
        batch = content.endpoint == BATCH
        if batch.any():
            some = np.flatnonzero(np.repeat(batch, length))
            duration[some] = self._times.batch(np.repeat(load, count).take(some), quick.take(some))
        chance = self._failures.chance(state.error_factor.take(whose), load ^ (load >> 3))
        requests = Requests(
            time, np.repeat(model, count), luck, np.repeat(chance, count),
            np.repeat(state.retries.take(whose), count),
        )  # fmt: skip
        status, retries, failed, held_up = self._failures.send(requests, duration)
        later = np.zeros(total + 1, np.int64)
        later[failed + 1] = held_up
        later[first] = 0
        shift = np.cumsum(later[:-1])
        time += shift - np.repeat(shift.take(first), count)

        start, other, change = places(
            sessions, workloads.slots.take(whose), first, tables.handover.take(sessions.profile)
        )
        cut = fresh
        if len(change):
            cut = fresh.copy()
            cut[change] = True
        parts = np.flatnonzero(cut)
        number = np.cumsum(fresh)[parts] - 1 if len(change) else np.arange(len(parts))
        within = session.take(number)
        moved = (np.searchsorted(change, parts, side="right")
                 - np.searchsorted(change, first, side="left").take(within)) % 2  # fmt: skip
        place = workloads.slot.take(whose.take(within)) + np.where(
            moved, other.take(within), start.take(within)
        )
        conversations = self._conversations(
            workloads, sessions, within, content, number, model,
            self._ids[0](state.counters[0].take(len(sessions))), address_ids.take(place),
        )  # fmt: skip
        state.memory.keep(
            whose,
            opening + each - 1,
            before + length,
            time.take(first + count - 1) + duration.take(first + count - 1).astype(np.int64),
            content,
        )
        of = np.repeat(np.arange(len(parts), dtype=np.int32), np.diff(parts, append=total))
        ids = self._ids[2](state.counters[2].take(total + len(retries.of)))
        rows = RequestRows(time, of, ids[:total], luck, *tokens, duration.astype(np.int32), status)
        return GroupTraffic(
            conversations,
            (rows, _sent_again(rows, retries, ids[total:], shift, first, count)),
            self._log_ins(workloads, sessions, (addresses, address_ids), start),
            addresses.take(place),
            time.take(parts),
        )

    def _tokens(
        self,
        row: npt.NDArray[np.int32],
        content: Content,
        answer: npt.NDArray[np.int16],
        turn: Ints,
        length: Ints,
        luck: npt.NDArray[np.uint64],
        pace: npt.NDArray[np.uint64],
    ) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
        """Input and output tokens of requests, as if none of them failed."""
        tables = self._tables
        slot = luck.view(np.int64)
        size = np.repeat(content.prompt, length)
        size += tables.prompt.take(row + (slot & _SLOT))
        size += tables.growth.take(((row >> SLOT_BITS) << 6) + np.minimum(turn, TURN_CAP))
        reply = np.repeat(answer, length)
        reply += tables.answer.take(row + ((slot >> 12) & _SLOT))
        inputs = INPUTS(size, (pace >> np.uint64(64 - FRACTION_BITS)).astype(np.int32))
        outputs = OUTPUTS(reply, (slot >> 48).astype(np.int32) & _FRACTION)
        without = content.endpoint == EMBEDDINGS
        if without.any():
            outputs[np.repeat(without, length)] = 0
        return inputs, outputs

    def _times_of_requests(
        self,
        sessions: Sessions,
        first: Ints,
        row: npt.NDArray[np.int32],
        fresh: npt.NDArray[np.bool_],
        pace: npt.NDArray[np.uint64],
        duration: npt.NDArray[np.float32],
        outputs: npt.NDArray[np.int32],
    ) -> Millis:
        """Times at which requests are sent, if none fails: a turn follows the answer before it."""
        count = sessions.count
        pick_gap = row + ((pace >> np.uint64(16)).astype(np.int32) & np.int32(_SLOT))
        pick_gap += fresh * np.int32(len(self._tables.gap))
        gap = self._pace.take(pick_gap)
        gap *= np.repeat(sessions.tempo, count)
        answered = np.repeat(self._tables.reading.take(sessions.profile), count)
        answered *= outputs.astype(np.float32)
        answered += duration
        answered[:-1] *= ~fresh[1:]
        gap[1:] += answered[:-1]
        gap[first] = 0
        elapsed = np.cumsum(gap, dtype=np.float64)
        base = np.repeat(sessions.start - elapsed.take(first), count)
        base += elapsed
        return base.astype(np.int64)

    def _conversations(
        self,
        workloads: Workloads,
        sessions: Sessions,
        session: Ints,
        content: Content,
        number: Ints,
        model: npt.NDArray[np.int8],
        session_id: npt.NDArray[np.int32],
        address: npt.NDArray[np.int32],
    ) -> Conversations:
        """Parts of conversations: ``session`` and ``number`` say of which."""
        whose = sessions.workload.take(session)
        chance = (sessions.luck >> np.uint64(48)).astype(np.int64)
        many = workloads.client.shape[1]
        client = np.arange(len(workloads)).take(sessions.workload) * many
        client += pick(chance, np.full(len(chance), many))
        key, ends = keys_in_use(workloads, sessions.workload, session_id, sessions.start)
        return Conversations(
            account=workloads.account.take(whose),
            key=key.take(session),
            session=session_id.take(session),
            conversation=content.conversation.take(number),
            address=address,
            client=self._clients(workloads.client.ravel().take(client)).take(session),
            model=model.take(session),
            endpoint=content.endpoint.take(number),
            topic=content.topic.take(number),
            sketch=content.sketch.take(number),
            profile=sessions.profile.take(session),
            ends=ends.take(session),
        )

    def _log_ins(
        self,
        workloads: Workloads,
        sessions: Sessions,
        addresses: tuple[npt.NDArray[np.int64], npt.NDArray[np.int32]],
        start: Ints,
    ) -> LogIns:
        wants = np.flatnonzero(
            (sessions.more & _U16).astype(np.int32) < self._tables.log_ins.take(sessions.profile)
        )
        failed = (sessions.more.take(wants) >> np.uint64(16)) & _U16 < _MISTYPED
        whose = sessions.workload.take(wants)
        place = workloads.slot.take(whose) + start.take(wants)
        handles, ids = addresses[0].take(place), addresses[1].take(place)
        return LogIns(
            sessions.start.take(wants), workloads.account.take(whose), ids, failed, handles
        )


def _sent_again(
    rows: RequestRows,
    retries: Retries,
    ids: npt.NDArray[np.int32],
    shift: Millis,
    first: Ints,
    count: npt.NDArray[np.int32],
) -> RequestRows:
    """Rows of retries: as the request before, later in time."""
    of = retries.of
    again = rows.chosen(of)
    again.request = ids
    held_up = shift.take(of) - shift.take(first).take(np.searchsorted(first, of, side="right") - 1)
    again.time = retries.time + held_up
    again.duration = retries.duration.astype(np.int32)
    again.status = retries.status
    return again
