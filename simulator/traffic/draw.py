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
from shamcrowd.simulator.core.streams import Streams, bits, mixed, sixteen
from shamcrowd.simulator.lifecycle.log_ins import MISTYPED
from shamcrowd.simulator.traffic.answer_times import AnswerTimes
from shamcrowd.simulator.traffic.client_settings import ClientSettings, chosen
from shamcrowd.simulator.traffic.conversation_memory import Content, ConversationMemory
from shamcrowd.simulator.traffic.conversations import Contents
from shamcrowd.simulator.traffic.failures import Failures, Requests, Retries
from shamcrowd.simulator.traffic.handover import Whereabouts, pick, whereabouts
from shamcrowd.simulator.traffic.keys_in_use import keys_in_use
from shamcrowd.simulator.traffic.load import STEP, Load
from shamcrowd.simulator.traffic.profile_tables import SLOT_BITS, SLOTS, ProfileTables
from shamcrowd.simulator.traffic.prompt_cache import cached_tokens
from shamcrowd.simulator.traffic.request_lengths import request_lengths
from shamcrowd.simulator.traffic.request_times import RequestTimes
from shamcrowd.simulator.traffic.session_starts import SessionStarts
from shamcrowd.simulator.traffic.sessions import Sessions, draw_sessions
from shamcrowd.simulator.traffic.traffic_rows import (
    Conversations,
    GroupTraffic,
    LogIns,
    RequestRows,
)
from shamcrowd.simulator.traffic.usage_profile import BATCH, CHAT, EMBEDDINGS
from shamcrowd.simulator.traffic.workloads import Workloads

_SLOT = SLOTS - 1
_U16 = np.uint64(0xFFFF)
_MISTYPED = np.uint64(round(MISTYPED * 65536))
Ints = npt.NDArray[np.int64]


@dataclass
class GroupState:
    """What a group's workloads keep from slice to slice, besides their rows.

    Attributes:
        memory: the last conversation of each.
        error_factor: shape (n,), factor on the rate of server errors.
        retries: shape (n,), retries of its client at most.
        settings: how its client calls.
        counters: handles of sessions, conversations, requests and those sent again.
    """

    memory: ConversationMemory
    error_factor: npt.NDArray[np.float32]
    retries: npt.NDArray[np.int8]
    settings: ClientSettings
    counters: tuple[Counter, ...]


class Draw:
    """The sampling kernel: workloads and their expected sessions in, sessions and requests out."""

    def __init__(
        self,
        tables: ProfileTables,
        streams: Streams,
        clients: Ids,
        answers: AnswerTimes,
        failures: Failures,
        load: Load,
        reasoning: tuple[float, ...],
    ) -> None:
        self._tables = tables
        self._ids = [Ids(streams, kind) for kind in ("session", "conversation", "request")]
        self._clients = clients
        self._contents = Contents(tables, streams.key("topics"))
        self._times = RequestTimes(tables)
        self._answers = answers
        self._failures = failures
        self._load = load
        self._reasoning = np.array([share * 65_536 for share in reasoning], np.int32)

    def __call__(
        self,
        rng: np.random.Generator,
        workloads: Workloads,
        expected: npt.NDArray[np.float64],
        opened: Millis,
        begin: int,
        starts: SessionStarts,
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
            starts: session starts of this slice.
            addresses: handles of the shard's address list.
            address_ids: ids of these addresses.
            state: what the group keeps.
        """
        tables = self._tables
        sessions = draw_sessions(rng, workloads, expected, opened, begin, starts, tables)
        if not len(sessions):
            return None
        count, whose = sessions.count, sessions.workload
        total = int(count.sum())
        luck = bits(rng, total)
        pace = mixed(luck, 3)
        first = np.cumsum(count) - count
        whole = np.repeat(np.arange(len(sessions)), count)
        fresh = sixteen(pace, 0) <= tables.last_fresh.take(sessions.profile).take(whole)
        fresh[first] = True
        opens = np.flatnonzero(fresh)
        of = np.cumsum(fresh)
        of -= 1
        length = _lengths(opens, total)
        session = whole.take(opens)
        opening = of.take(first)

        content = self._contents(workloads, sessions, session, pace.take(opens), luck.take(opens))
        content.conversation = self._ids[1](state.counters[1].take(len(opens)))
        wants = sixteen(sessions.more, 3) < tables.taken_up.take(sessions.profile)
        before = state.memory.take_up(wants, whose, sessions.start, opening, length, content)
        model = np.where(
            sessions.start >= workloads.switch.take(whose),
            workloads.next_model.take(whose),
            workloads.model.take(whose),
        )
        row = (sessions.profile << SLOT_BITS).take(whole)
        inputs, outputs = request_lengths(
            tables, row, content, workloads.answer.take(whose).take(session), of, opens - before,
            luck, pace,
        )  # fmt: skip
        spare, settings = mixed(sessions.more, 7), mixed(sessions.more, 8)
        varied = tables.mixed.take(sessions.profile)
        gap = self._times.gaps(sessions, whole, first, opens, row, pace, outputs)
        rough = self._times.rough(sessions, whole, first, gap)
        cached = cached_tokens(
            tables, sessions,
            chosen(state.settings.cache.take(whose), tables.caches.take(sessions.profile),
                   varied, settings, 0),
            whole, first, fresh, rough, inputs,
        )  # fmt: skip
        without = content.endpoint == EMBEDDINGS
        if without.any():
            cached[without.take(of)] = 0
        step = ((rough - begin) * (1 / STEP)).astype(np.int32) + np.int32(self._load.step(begin))
        busy = self._load.index(step, model.take(whole))
        route = (spare & np.uint64(_SLOT)).astype(np.int64)
        quick = sixteen(pace, 2) & np.uint16(_SLOT)
        wait, duration = self._answers(
            model.take(session), content.endpoint, route.take(session), of, inputs - cached,
            outputs, (self._load.wait(busy), self._load.token(busy)), quick,
        )  # fmt: skip
        time = self._times(sessions, whole, first, opens, gap, duration)
        batch = content.endpoint == BATCH
        if batch.any():
            some = np.flatnonzero(batch.take(of))
            late = route.take(whole.take(some))
            duration[some] = self._answers.batch(late, quick.take(some))
        factor = state.error_factor.take(whose)
        chance = self._failures.chance(factor, (spare >> np.uint64(12)).astype(np.int64) & _SLOT)
        requests = Requests(
            time, luck, whole, first, count, model, chance, state.retries.take(whose)
        )  # fmt: skip
        status, retries = self._failures.send(requests, duration)

        where = whereabouts(
            sessions, workloads.slots.take(whose), tables.handover.take(sessions.profile), first,
            fresh, opens, of, session,
        )  # fmt: skip
        place = workloads.slot.take(whose).take(where.session) + where.address
        conversations = self._conversations(
            workloads, sessions, where, content, model,
            self._ids[0](state.counters[0].take(len(sessions))), address_ids.take(place),
            (
                chosen(state.settings.stream.take(whose), tables.streams.take(sessions.profile),
                       varied, settings, 1),
                chosen(state.settings.reasoning.take(whose), self._reasoning.take(model),
                       varied, settings, 2),
            ),
        )  # fmt: skip
        last = first + count - 1
        ended = time.take(last) + duration.take(last).astype(np.int64)
        state.memory.keep(whose, of.take(last), before + length, ended, content)
        ids = self._ids[2](state.counters[2].take(total + len(retries.of)))
        rows = RequestRows(
            time, where.of.astype(np.int32), ids[:total], luck, inputs.astype(np.int32), cached,
            outputs.astype(np.int32), wait.astype(np.int32), duration.astype(np.int32), status,
        )  # fmt: skip
        return GroupTraffic(
            conversations,
            (rows, _sent_again(rows, retries, ids[total:])),
            self._log_ins(workloads, sessions, (addresses, address_ids), where.start),
            addresses.take(place),
            time.take(where.begins),
        )

    def _conversations(
        self,
        workloads: Workloads,
        sessions: Sessions,
        where: Whereabouts,
        content: Content,
        model: npt.NDArray[np.int8],
        session_id: npt.NDArray[np.int32],
        address: npt.NDArray[np.int32],
        asks: tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]],
    ) -> Conversations:
        session, number = where.session, where.conversation
        endpoint = content.endpoint.take(number)
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
            endpoint=endpoint,
            topic=content.topic.take(number),
            sketch=content.sketch.take(number),
            variation=content.variation.take(number),
            profile=sessions.profile.take(session),
            stream=asks[0].take(session) & (endpoint == CHAT),
            reasons=asks[1].take(session),
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


def _lengths(begins: npt.NDArray[np.intp], total: int) -> Ints:
    """Lengths of the stretches that begin at ascending indices, up to ``total``."""
    lengths = np.empty(len(begins), np.int64)
    np.subtract(begins[1:], begins[:-1], out=lengths[:-1])
    lengths[-1] = total - begins[-1]
    return lengths


def _sent_again(rows: RequestRows, retries: Retries, ids: npt.NDArray[np.int32]) -> RequestRows:
    """Rows of retries: as the request before, later in time."""
    again = rows.chosen(retries.of)
    again.request = ids
    again.time = retries.time
    again.duration = retries.duration.astype(np.int32)
    again.status = retries.status
    return again
